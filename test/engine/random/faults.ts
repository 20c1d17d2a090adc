import type { FaultAction, JournalEntry, Sandbox } from '../../../sandbox';
import { faultCases } from '../faults/matrix/faultCases';
import type { OperationCase } from '../faults/matrix/operations';

type Make = (sandbox: Sandbox, operation: Pick<OperationCase, 'kind'>) => FaultAction;

/** Beyond the faults of the matrix, those that would need a cell of their own there. */
const others: Record<string, Make> = {
	'303 after the work was done': () => ({ redirectTo: 'made', redirectStatus: 303, handleFirst: true }),
	'303 with nothing done': () => ({ redirectTo: 'made', redirectStatus: 303 }),
	'no HTTP, before the work was done': () => ({ garbled: 'before' }),
	'no HTTP, after the work was done': () => ({ garbled: 'after' }),
	'answer without an id': () => ({ dropFields: ['id', 'report_id'] }),
	'rows that are none': () => ({ extraRows: [null, 7, 'row', []] }),
	'425, too early': () => ({ status: 425, body: { error: 'Too Early', message: 'Not yet' } }),
	'429, for two seconds': () => ({ status: 429, headers: { 'Retry-After': '2' } }),
	'503, for three seconds': () => ({ status: 503, headers: { 'Retry-After': '3' } }),
	'502 before the work was done': () => ({ status: 502, html: true }),
	'slower than most people wait': () => ({ delayMs: 20_000 }),
	'body that falls silent': () => ({ stallAfterBytes: 5 }),
	'refusal whose words fall silent': () => ({ status: 403, body: { error: 'Forbidden', message: 'Not today' }, stallAfterBytes: 5 }),
	'204 after the work was done': () => ({ status: 204, handleFirst: true }),
	'a very long refusal': () => ({ status: 400, body: { error: 'Invalid parameters', message: `No. ${'word '.repeat(5_000)}` } }),
	'a refusal with the key in it': ({ origin }) => ({
		status: 403,
		body: { error: 'Forbidden', message: `The key claribi_sandbox_enterprise_e2560f may not; see ${origin}/help?sig=SIGNED-LINK` },
	}),
};

const makers: Record<string, Make> = {
	...Object.fromEntries(faultCases.map(({ name, action }): [string, Make] => [name, action as Make])),
	...others,
};

/** All that can go wrong with a request. */
export const faultNames = Object.keys(makers);

/** The fault of a name, for a sandbox as it is now: some name points in time, or rows. */
export function makeFault(name: string, sandbox: Sandbox, operation: Pick<OperationCase, 'kind'>): FaultAction {
	const make = makers[name];
	if (make === undefined) throw new RangeError(`There is no fault “${name}”`);
	return make(sandbox, operation);
}

/** Whether a struck request (by the journal's words for it) was done, and answered as if nothing had been. */
export function isHarmless(fault: string): boolean {
	return /^(contentType|delayMs) [^,]*$/.test(fault);
}

/** Whether ClariBI's answer was a success that speaks of something else than what was asked for. */
export function isForeign({ status = 0, fault = '' }: Pick<JournalEntry, 'fault' | 'status'>): boolean {
	return status < 300 && fault !== '' && !isHarmless(fault);
}
