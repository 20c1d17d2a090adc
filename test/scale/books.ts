 
import { createHash } from 'node:crypto';
import type { JournalEntry, LedgerEntry } from '../../sandbox';
import { SANDBOX_KEYS } from '../../sandbox';
import type { Execution } from './executions';
import { NODES } from './workflows';
import type { World } from './world';

/** What a failed paid call says when nobody knows whether it was carried out. */
const UNKNOWN_OUTCOME = /credits may have been spent/;

/** A charge and what became of it. */
export interface Charge {
	reportId: string;
	/** Whose request it was. */
	execution?: Execution;
	/** `delivered`: the next node has read the file; `named`: the execution's message leads to it. */
	fate: 'delivered' | 'named' | 'silent';
}

/** The sandbox's ledger against n8n's executions. */
export interface Books {
	executions: Execution[];
	accepted: number[];
	charges: Charge[];
	requests: JournalEntry[];
}

/**
 * Balances everything that was paid since the journal was cleared with the executions of a lot.
 * @param earlierCharges how many charges there were then
 */
export async function balance(
	{ sandbox }: World,
	earlierCharges: number,
	{ executions, accepted }: Pick<Books, 'executions' | 'accepted'>,
): Promise<Books> {
	const requests = await sandbox.journal();
	const ledger = (await sandbox.ledger()).slice(earlierCharges);
	const bySeq = new Map(requests.map((entry) => [entry.seq, entry]));
	const byId = new Map(executions.map((execution) => [execution.id, execution]));
	const ownerOf = ({ requestId }: LedgerEntry): Execution | undefined => {
		const request = bySeq.get(requestId);
		return request && byId.get(executionIn(request));
	};
	const charges = ledger.map((entry): Charge => {
		const execution = ownerOf(entry);
		const reportId = String(entry.id);
		return { reportId, execution, fate: fateOf(reportId, execution) };
	});
	return { executions, accepted, charges, requests };
}

/** The number of the execution that ordered a report, from the order's title, or from its own field; `''` for any other request. */
export function executionIn({ body }: JournalEntry): string {
	const { title = '', paid_by: paidBy = title } = (body ?? {}) as { title?: string; paid_by?: string };
	return /execution (\d+)$/.exec(paidBy)?.[1] ?? '';
}

function fateOf(reportId: string, execution: Execution | undefined): Charge['fate'] {
	const used = execution?.outputOf(NODES.file)?.json;
	if (execution?.status === 'success' && used?.report_id === reportId && typeof used.sha256 === 'string') return 'delivered';
	const complaint = execution?.complaint ?? '';
	return complaint.includes(reportId) || UNKNOWN_OUTCOME.test(complaint) ? 'named' : 'silent';
}

/** Charges of one execution beyond its first. */
export function doublePayments({ charges }: Books): Charge[] {
	const paid = new Set<string>();
	return charges.filter(({ execution }) => {
		const id = execution?.id ?? '';
		const again = paid.has(id);
		paid.add(id);
		return again;
	});
}

/**
 * Delivered files whose hash is not that of the report's own file: what a workflow got for another one, or spoilt.
 * Looks with a key that no workflow uses.
 */
export async function wrongFiles({ sandbox }: World, { charges }: Books): Promise<Charge[]> {
	const wrong: Charge[] = [];
	for (const charge of charges.filter(({ fate }) => fate === 'delivered')) {
		const answer = await fetch(`${sandbox.url}/reports/${charge.reportId}/download/`, { headers: { Authorization: `Bearer ${SANDBOX_KEYS.readOnly}` } });
		const hash = createHash('sha256').update(Buffer.from(await answer.arrayBuffer())).digest('hex');
		if (charge.execution?.outputOf(NODES.file)?.json.sha256 !== hash) wrong.push(charge);
	}
	return wrong;
}

/** How often each message ended an execution, digits and ids left out so that equal ones count as one. */
export function messagesOf(executions: Execution[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const { status, complaint } of executions) {
		if (status === 'success') continue;
		const message = `${status}: ${complaint.replace(/\b[0-9a-f]{8}-[0-9a-f-]{27}\b/g, '<id>').replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>').replace(/\d+ seconds/g, '<n> seconds').slice(0, 230) || 'no message'}`;
		counts.set(message, (counts.get(message) ?? 0) + 1);
	}
	return counts;
}
