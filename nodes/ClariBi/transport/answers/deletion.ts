import type { INodeExecutionData } from 'n8n-workflow';
import { askFor } from '../call';
import type { Call } from '../call';

/** What n8n's users expect of a deletion, and the id; ClariBI's answer to one has no documented body. */
export async function answerDeletion(call: Call): Promise<INodeExecutionData[]> {
	await askFor(call);
	return [{ json: { deleted: true, id: call.id } }];
}
