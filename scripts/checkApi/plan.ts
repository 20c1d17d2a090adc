import type { Schema } from '../contract/contract';
import { CannotTell } from './api';
import type { Api } from './api';
import { schemaOf } from './fields';
import { asRow, succeeded } from './seen';

/** Requests that a plan allows (the guide, "Rate Limits"). */
export interface Plan {
	requests_per_hour: number;
	requests_per_day: number;
	generations_per_hour: number;
	generations_per_day: number;
}

/** What the guide says of the plan that the key belongs to. @throws CannotTell when it names no such plan */
export async function planOf(api: Api): Promise<Plan> {
	const { tier } = asRow(asRow(succeeded(await api.get('/auth/verify/')).json).organization);
	const plan = (schemaOf('Tier') as Schema & { 'x-limits': Record<string, Plan> })['x-limits'][String(tier).toLowerCase()];
	if (!plan) throw new CannotTell('the key’s plan is none that the guide names');
	return plan;
}
