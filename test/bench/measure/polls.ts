import { createPoller } from '../../engine/harness';
import { profiled } from './profile';
import { tell } from './tell';

export interface PollsInput {
	parameters: object;
	credential: { apiKey: string; baseUrl: string };
	/** Polls before the measured ones, the first of which takes the baseline. */
	warmUp: number;
	measured: number;
}

export interface PollsResult {
	/** All measured polls together. */
	ms: number;
	/** When they began, in milliseconds since 1970. */
	begunAt: number;
	/** Polls that found something: none when the trigger was idle. */
	found: number;
}

async function main(): Promise<void> {
	process.setSourceMapsEnabled(false);
	const { parameters, credential, warmUp, measured } = JSON.parse(process.argv[2] ?? '') as PollsInput;
	const poller = createPoller({ parameters, credential });
	await poller.activate();
	for (let poll = 1; poll < warmUp; poll += 1) await poller.poll();
	const result = await profiled(async () => {
		let found = 0;
		const begunAt = Date.now();
		const begun = performance.now();
		for (let poll = 0; poll < measured; poll += 1) if ((await poller.poll()) !== null) found += 1;
		return { ms: performance.now() - begun, begunAt, found };
	});
	tell<PollsResult>(result);
}

main().catch((error: Error) => {
	console.error(error);
	process.exit(1);
});
