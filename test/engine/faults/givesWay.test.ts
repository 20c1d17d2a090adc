import { SANDBOX_KEYS } from '../../../sandbox';
import type { JournalEntry, Sandbox } from '../../../sandbox';
import { createPoller, searchList } from '../harness';
import { onBench } from './bench';

/** Workers share nothing but ClariBI's answers: who comes back when, after the same refusal. */

const RESET_SECONDS = 3;
const generate = { resource: 'report', operation: 'generate', templateId: 'a', downloadFile: false };
const list = { resource: 'report', operation: 'getAll', returnAll: true };

const refuse = (sandbox: Sandbox, times: number) =>
	sandbox.faults.add({ times, status: 429, headers: { 'Retry-After': String(RESET_SECONDS) }, body: { error: 'Rate limit exceeded' } });

/** The requests that were let through, oldest first. */
const passed = ({ journal }: Sandbox): JournalEntry[] => journal.entries.filter(({ status }) => status !== 429).sort((a, b) => a.at - b.at);

test('after one reset, what is paid for goes before lists and polls, and a drop-down does not wait at all', async () => await onBench(async ({ sandbox, run }) => {
	const credential = { apiKey: SANDBOX_KEYS.professional, baseUrl: sandbox.url };
	const trigger = createPoller({ parameters: { event: 'reportCompleted', downloadFile: false }, credential });
	await trigger.activate();
	sandbox.journal.clear();

	const each = 4;
	refuse(sandbox, 2 * each + 2);
	const poll = trigger.poll();
	const dropDown = searchList('searchReports', { parameters: { resource: 'report', operation: 'get' }, credential }).catch((error: Error) => error);
	// Lists are there first, so that only giving way lets the others pass.
	const lists = Array.from({ length: each }, async () => await run(list));
	const paid = Array.from({ length: each }, async () => await run(generate));
	const runs = await Promise.all([...lists, ...paid]);
	await poll;

	expect(runs.map(({ error }) => error)).toEqual(runs.map(() => undefined));
	expect(await dropDown).toBeInstanceOf(Error);
	const order = passed(sandbox).map(({ method }) => method);
	expect(order).toEqual([...Array<string>(each).fill('POST'), ...Array<string>(each + 1).fill('GET')]);
}));
