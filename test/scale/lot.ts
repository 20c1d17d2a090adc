import { balance, doublePayments, messagesOf } from './books';
import type { Books } from './books';
import { beginLot, endOf } from './executions';
import { sendOrders } from './send';
import { per100 } from './summary';
import type { LotFigures } from './summary';
import type { Order } from './workflows';
import type { World } from './world';

export interface LotOptions extends Pick<Order, 'rateLimitWait'> {
	/** Which workflow is ordered. */
	workflow: string;
	/** A name that no other lot has. */
	lot: string;
	count: number;
	/** What the lot is called in the figures, where its name has been used. */
	called?: string;
	/** Milliseconds until all must have ended. */
	within: number;
	/** What happens while they run. */
	during?: () => Promise<void>;
}

/** Orders a lot of executions, waits until all have ended, balances the books and prints them. */
export async function runLot(world: World, { workflow, lot, count, called = lot, within, during, rateLimitWait }: LotOptions): Promise<Books> {
	const { sandbox } = world;
	await sandbox.clearJournal();
	const earlierCharges = (await sandbox.ledger()).length;
	const order = { lot, count, ...(rateLimitWait === undefined ? {} : { rateLimitWait }) };
	const begun = await beginLot(world, workflow);
	const [accepted] = await Promise.all([sendOrders(world, workflow, order), during?.()]);
	const executions = await endOf(world, begun, { started: accepted.length, within });
	const books = await balance(world, earlierCharges, { executions, accepted });
	const figures = figuresOf(called, books);
	world.lots.push(figures);
	print(world, books, count, figures);
	return books;
}

/** The rules that hold for every lot in which no worker was killed. */
export function checkBooks({ rules }: World, lot: string, books: Books): void {
	const { executions, accepted, charges } = books;
	const ran = new Set(executions.map(({ order }) => order?.number));
	rules.check(`${lot}: no accepted order is lost, none runs twice`, accepted.every((number) => ran.has(number)) && ran.size === executions.length, `${accepted.length} accepted, ${executions.length} executions`);
	const silent = charges.filter(({ fate }) => fate === 'silent');
	rules.check(`${lot}: paid = delivered + named in a message`, silent.length === 0, `${charges.length} = ${count(books, 'delivered')} + ${count(books, 'named')}${silent.length > 0 ? `, without ${silent.map(({ reportId }) => reportId).join(', ')}` : ''}`);
	rules.check(`${lot}: nothing is paid for twice`, doublePayments(books).length === 0);
}

function figuresOf(lot: string, books: Books): LotFigures {
	const { executions, charges, requests } = books;
	const succeeded = executions.filter(({ status }) => status === 'success').length;
	return {
		lot,
		started: executions.length,
		succeeded,
		failed: executions.length - succeeded,
		paid: charges.length,
		delivered: count(books, 'delivered'),
		named: count(books, 'named'),
		silent: count(books, 'silent'),
		requests: requests.length,
		refused: requests.filter(({ status }) => status === 429).length,
	};
}

function print({ rules }: World, { executions, accepted }: Books, ordered: number, { started, succeeded, failed, paid, delivered, named, silent, requests, refused }: LotFigures): void {
	rules.note(`ordered ${ordered}, accepted ${accepted.length}, executions ${started}: ${succeeded} succeeded, ${failed} failed`);
	for (const [message, times] of messagesOf(executions)) rules.note(`  ${times} × ${message}`);
	if (paid > 0) rules.note(`paid ${paid}: delivered ${delivered}, named in a message ${named}, neither ${silent}`);
	rules.note(`${requests} requests, ${per100(refused, requests)} of 100 answered 429`);
}

function count({ charges }: Books, fate: string): number {
	return charges.filter((charge) => charge.fate === fate).length;
}
