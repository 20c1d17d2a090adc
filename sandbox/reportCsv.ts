import { stringify } from 'csv-stringify/sync';
import { figuresOf } from './reportFigures';
import type { Report } from './rows';

/** The report's monthly figures as CSV with a header line (RFC 4180, UTF-8). */
export function reportCsv(report: Report): Buffer {
	const { months, current, previous } = figuresOf(report);
	const rows = months.map((month, index) => {
		const now = current[index] ?? 0;
		const before = previous[index] ?? 0;
		return { report: report.title, month, revenue: now, revenue_year_before: before, change: (now / before - 1).toFixed(3) };
	});
	return Buffer.from(stringify(rows, { header: true, record_delimiter: 'windows' }));
}
