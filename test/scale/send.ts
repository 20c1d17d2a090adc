import type { Order } from './workflows';
import type { World } from './world';

/** How many webhook calls are in flight at once. */
const AT_ONCE = 60;

/**
 * Calls the production webhook of a workflow so many times.
 * @returns the numbers of the orders that n8n accepted
 */
export async function sendOrders(
	{ cluster }: World,
	workflow: string,
	{ lot, count, ...more }: Omit<Order, 'number'> & { count: number },
): Promise<number[]> {
	const accepted: number[] = [];
	let next = 1;
	const sender = async (): Promise<void> => {
		while (next <= count) {
			const number = next;
			next += 1;
			const answer = await fetch(`${cluster.url}/webhook/${workflow}`, {
				method: 'POST',
				headers: { 'Content-Type': 'application/json' },
				body: JSON.stringify({ lot, number, ...more }),
			}).catch(() => undefined);
			await answer?.arrayBuffer().catch(() => undefined);
			if (answer?.ok) accepted.push(number);
		}
	};
	await Promise.all(Array.from({ length: Math.min(AT_ONCE, count) }, sender));
	return accepted;
}
