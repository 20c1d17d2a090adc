import { alternate, ratios } from '../bench';
import type { Bench, Row } from '../bench';
import { KEY } from '../contestants';
import type { PollsInput, PollsResult } from '../measure/polls';
import { measure } from '../program';
import { startSandboxProcess } from '../sandbox';
import type { SandboxProcess } from '../sandbox';
import { describeBoth } from '../units';

const SMALL = 100;
const HISTORIES = [SMALL, 10_000, 100_000];
const EVENTS = ['reportCompleted'];

/** Leaves room for other load on the computer. */
const FLAT = 1.1;

interface Polls {
	/** Per poll. */
	ms: number;
	requests: number;
}

/** Idle polls: whether their cost grows with the number of reports in ClariBI. */
export async function trigger(bench: Bench): Promise<Row[]> {
	const measured = bench.quick ? 50 : 300;
	const sandboxes = new Map<number, SandboxProcess>();
	for (const size of HISTORIES) {
		bench.say(`f: a history of ${size}`);
		sandboxes.set(size, await startSandboxProcess(bench, { reports: size }));
	}
	const rows: Row[] = [];
	for (const event of EVENTS) {
		bench.say(`f: ${measured} idle polls for ${event}`);
		const contestants = [...sandboxes].map(
			([size, sandbox]) => [String(size), async () => await poll(bench, sandbox, event, measured)] as const,
		);
		const results = await alternate<string, Polls>(bench.quick ? 2 : 7, Object.fromEntries(contestants));
		const scenario = `f. Idle poll, ${event}`;
		const of = (size: number): Polls[] => results[String(size)] ?? [];
		const times = (size: number): number[] => of(size).map(({ ms }) => ms);
		for (const size of HISTORIES.filter((each) => each !== SMALL)) {
			rows.push({
				scenario,
				what: `time with ${size} rows of history / with ${SMALL}`,
				samples: ratios(times(size), times(SMALL)),
				goal: FLAT,
				behind: describeBoth(times(size), times(SMALL)),
			});
		}
		const requests = HISTORIES.flatMap((size) => of(size).map((polls) => polls.requests));
		rows.push({ scenario, what: `requests, with ${HISTORIES.join(', ')} rows`, samples: requests, goal: 1 });
	}
	for (const sandbox of sandboxes.values()) await sandbox.stop();
	return rows;
}

async function poll(bench: Bench, sandbox: SandboxProcess, event: string, measured: number): Promise<Polls> {
	const input: PollsInput = {
		parameters: { event },
		credential: { apiKey: KEY, baseUrl: sandbox.url },
		warmUp: bench.quick ? 20 : 100,
		measured,
	};
	await sandbox.takeJournal();
	const { ms, begunAt, found } = await measure<PollsResult>(bench, 'measure/polls.ts', input);
	if (found > 0) throw new Error(`${found} of ${measured} polls found something, although nothing happened`);
	const sent = (await sandbox.takeJournal()).filter(({ at }) => at >= begunAt);
	return { ms: ms / measured, requests: sent.length / measured };
}
