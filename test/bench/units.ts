import { spread } from './statistics';

export const MIB = 1024 * 1024;

/** The medians behind a ratio of times in milliseconds. */
export function describeBoth(ours: readonly number[], theirs: readonly number[]): string {
	return `${milliseconds(spread(ours).median)} / ${milliseconds(spread(theirs).median)}`;
}

export function milliseconds(ms: number): string {
	return ms < 100 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
}

export function mebibytes(bytes: number): string {
	return `${(bytes / MIB).toFixed(1)} MiB`;
}

/** The medians behind a ratio of sizes in bytes that are far below a mebibyte. */
export function kibibytePair(ours: readonly number[], theirs: readonly number[]): string {
	const [own, other] = [ours, theirs].map((sizes) => Math.round(spread(sizes).median / 1024));
	return `${own} KiB / ${other} KiB`;
}
