import { join } from 'node:path';
import { alternate, ratios } from '../bench';
import type { Bench, Row } from '../bench';
import { httpRequestJob, KEY, ourJob } from '../contestants';
import type { Job } from '../engine/job';
import type { FetchInput } from '../measure/bareFetch';
import type { Memory } from '../measure/peakMemory';
import { measure } from '../program';
import { measureWorkflow } from '../measureWorkflow';
import { startSandboxProcess } from '../sandbox';
import { spread } from '../statistics';
import { describeBoth, mebibytes, MIB } from '../units';

interface Result {
	ms: number;
	memory: Memory;
}

const ALLOWED_GROWTH_MIB = 32;

const SLOW_STORE = 'n8n’s binary store takes the rest: the HTTP Request node needs as long';

/** Big files, onto the disk of an n8n that keeps files there. */
export async function download(bench: Bench): Promise<Row[]> {
	const sizes = bench.quick ? [5, 50] : [50, 500];
	const warmUpSandbox = await startSandboxProcess(bench, {});
	const sandbox = await startSandboxProcess(bench, {});
	const ours = async (url: string): Promise<Job> =>
		ourJob(url, { resource: 'report', operation: 'download', reportId: { __rl: true, mode: 'id', value: await firstReport(url) } });
	const theirs = async (url: string): Promise<Job> =>
		httpRequestJob({
			url: `${url}/reports/${await firstReport(url)}/download/`,
			options: { response: { response: { responseFormat: 'file' } } },
		});
	const run = async (job: typeof ours): Promise<Result> =>
		await measureWorkflow(bench, await job(sandbox.url), { warmUp: await job(warmUpSandbox.url), items: 1 });
	const bare = async (): Promise<Result> => {
		const path = async (url: string): Promise<string> => `${url}/reports/${await firstReport(url)}/download/`;
		return await measure<Result>(bench, 'measure/bareFetch.ts', {
			warmUp: await path(warmUpSandbox.url),
			url: await path(sandbox.url),
			authorization: `Bearer ${KEY}`,
			file: join(bench.workFolder, 'fetched'),
		} satisfies FetchInput);
	};
	const rows: Row[] = [];
	const growths: number[] = [];
	for (const size of sizes) {
		await sandbox.setOptions({ download: { sizeBytes: size * MIB } });
		bench.say(`d: a file of ${size} MiB`);
		const { clariBi, httpRequest, fetched } = await alternate(bench.quick ? 1 : 5, {
			clariBi: async () => await run(ours),
			httpRequest: async () => await run(theirs),
			fetched: bare,
		});
		const [ourMemory, theirMemory, bareMemory] = [clariBi, httpRequest, fetched].map((results) => results.map(growth)) as [number[], number[], number[]];
		const [ourTime, theirTime, bareTime] = [clariBi, httpRequest, fetched].map((results) => results.map(({ ms }) => ms)) as [number[], number[], number[]];
		const scenario = `d. Download of ${size} MiB`;
		const plotted = (what: string): Pick<Row, 'inPlot'> => (size === sizes.at(-1) ? { inPlot: `Download ${size} MiB: ${what}` } : {});
		growths.push(spread(ourMemory).median);
		rows.push(
			{ scenario, what: 'peak memory over idle / HTTP Request', samples: ratios(ourMemory, theirMemory), goal: 1, behind: mebibytePair(ourMemory, theirMemory), ...plotted('memory') },
			{ scenario, what: 'peak memory over idle / bare fetch', samples: ratios(ourMemory, bareMemory), behind: mebibytePair(ourMemory, bareMemory) },
			{ scenario, what: 'time / bare fetch', samples: ratios(ourTime, bareTime), goal: 1.3, behind: describeBoth(ourTime, bareTime), reason: SLOW_STORE },
			{ scenario, what: 'time / HTTP Request', samples: ratios(ourTime, theirTime), behind: describeBoth(ourTime, theirTime), ...plotted('time') },
		);
	}
	const [small = 0, large = 0] = growths;
	rows.push({
		scenario: `d. Download of ${sizes[1]} MiB instead of ${sizes[0]} MiB`,
		what: 'MiB that the peak grows by (of the medians)',
		samples: [(large - small) / MIB],
		goal: ALLOWED_GROWTH_MIB,
	});
	await warmUpSandbox.stop();
	await sandbox.stop();
	return rows;
}

const growth = ({ memory }: Result): number => memory.peak - memory.idle;

const mebibytePair = (ours: number[], theirs: number[]): string =>
	`${mebibytes(spread(ours).median)} / ${mebibytes(spread(theirs).median)}`;

async function firstReport(url: string): Promise<string> {
	const response = await fetch(`${url}/reports/?page_size=1`, { headers: { Authorization: `Bearer ${KEY}` } });
	const { results } = (await response.json()) as { results: [{ id: string }] };
	return results[0].id;
}
