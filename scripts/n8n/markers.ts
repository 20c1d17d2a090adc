import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A step is done when its marker file, which is written last, names exactly what was asked for. An interrupted step has no
 * marker, so it is done again.
 */
export async function isMarked(folder: string, step: string, wanted: string): Promise<boolean> {
	return (await readFile(markerOf(folder, step), 'utf8').catch(() => undefined)) === wanted;
}

export async function mark(folder: string, step: string, wanted: string): Promise<void> {
	await writeFile(markerOf(folder, step), wanted);
}

const markerOf = (folder: string, step: string): string => join(folder, `${step}.done`);
