import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { watchMemory } from './peakMemory';
import { tell } from './tell';

export interface FetchInput {
	/** A small file, fetched first. */
	warmUp: string;
	url: string;
	authorization: string;
	/** Where the file goes. */
	file: string;
}

/** The baseline of a download: Node's own `fetch`, straight into a file. */
async function main(): Promise<void> {
	process.setSourceMapsEnabled(false);
	const { warmUp, url, authorization, file } = JSON.parse(process.argv[2] ?? '') as FetchInput;
	const download = async (from: string): Promise<number> => {
		const begun = performance.now();
		const { body } = await fetch(from, { headers: { authorization } });
		await pipeline(Readable.fromWeb(body as ReadableStream), createWriteStream(file));
		return performance.now() - begun;
	};
	await download(warmUp);
	const { result, memory } = await watchMemory(async () => await download(url));
	tell({ ms: result, memory });
}

main().catch((error: Error) => {
	console.error(error);
	process.exit(1);
});
