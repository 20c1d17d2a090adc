import { createHash } from 'node:crypto';
import type { Report } from '../data/rows';

export interface RegionFigures {
	region: string;
	orders: number;
	/** Whole currency units. */
	revenue: number;
	/** Share of all revenue, 0 to 1. */
	share: number;
	/** Change against the year before, e.g. 0.12. */
	growth: number;
}

export interface ReportFigures {
	/** Labels of the twelve months, oldest first, e.g. `Mar 26`. */
	months: string[];
	/** Revenue per month, whole currency units. */
	current: number[];
	/** The same months of the year before. */
	previous: number[];
	regions: RegionFigures[];
	revenue: number;
	orders: number;
	growth: number;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const REGIONS: ReadonlyArray<[string, number]> = [
	['Central Europe', 0.31],
	['UK and Ireland', 0.24],
	['France and Benelux', 0.18],
	['Nordics', 0.14],
	['Southern Europe', 0.13],
];
const MONTHS_PER_YEAR = 12;

/** The day a report is about: its creation, or a fixed day when it has no timestamp. */
export function dateOf(report: Report): Date {
	const created = new Date(report.created_at ?? '2026-03-01T09:00:00Z');
	return Number.isNaN(created.getTime()) ? new Date('2026-03-01T09:00:00Z') : created;
}

/** Invents a plausible business for a report. The same id, title and template always give the same figures. */
export function figuresOf(report: Report): ReportFigures {
	const random = seededRandom(JSON.stringify([report.id, report.title, report.template_id]));
	const date = dateOf(report);
	const months = Array.from({ length: MONTHS_PER_YEAR }, (_, index) => {
		const month = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - MONTHS_PER_YEAR + index, 1));
		return `${MONTHS[month.getUTCMonth()] ?? ''} ${String(month.getUTCFullYear()).slice(2)}`;
	});
	const base = 180_000 + random() * 240_000;
	const previous = months.map((_, index) =>
		Math.round(base * (1 + 0.012 * index + 0.16 * Math.sin(index / 1.7 + 1) + 0.1 * (random() - 0.5))),
	);
	const growth = 0.05 + random() * 0.14;
	const current = previous.map((value) => Math.round(value * (1 + growth + 0.16 * (random() - 0.5))));
	const revenue = sum(current);
	const basket = 62 + random() * 40;
	const weights = REGIONS.map(([, weight]) => weight * (0.85 + random() * 0.3));
	const revenues = weights.map((weight) => Math.round((revenue * weight) / sum(weights)));
	// The largest region absorbs the rounding error, so that the table adds up.
	revenues[0] = revenue - sum(revenues.slice(1));
	const before = revenues.map((value) => value / (1 + growth + 0.3 * (random() - 0.5)));
	const scale = sum(previous) / sum(before);
	const regions = REGIONS.map(([region], index) => {
		const value = revenues[index] ?? 0;
		return {
			region,
			share: value / revenue,
			revenue: value,
			orders: Math.round(value / (basket * (0.9 + random() * 0.2))),
			growth: value / ((before[index] ?? 0) * scale) - 1,
		};
	});
	regions.sort((a, b) => b.revenue - a.revenue);
	return {
		months,
		current,
		previous,
		regions,
		revenue,
		orders: sum(regions.map(({ orders }) => orders)),
		growth: revenue / sum(previous) - 1,
	};
}

function sum(values: number[]): number {
	return values.reduce((total, value) => total + value, 0);
}

/** Numbers from 0 to 1 that depend on the seed alone (mulberry32). */
function seededRandom(seed: string): () => number {
	let state = createHash('sha256').update(seed).digest().readUInt32LE(0);
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}
