import { stringify } from 'csv-stringify/sync';
import { dateOf, figuresOf } from './reportFigures';
import type { Report } from '../data/rows';

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

/** The report's figures as a JSON document. */
export function reportJson(report: Report): Buffer {
	const { revenue, orders, growth, regions } = figuresOf(report);
	return Buffer.from(JSON.stringify({ title: report.title, date: dateOf(report).toISOString(), revenue, orders, growth, regions }, null, 2));
}

/** The report's figures as a web page. */
export function reportHtml(report: Report): Buffer {
	const rows = figuresOf(report).regions.map(({ region, orders, revenue }) => `<tr><td>${region}</td><td>${orders}</td><td>${revenue}</td></tr>`);
	const title = report.title.replace(/[&<>]/g, (char) => `&#${char.charCodeAt(0)};`);
	return Buffer.from(
		`<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${title}</title></head>\n<body><h1>${title}</h1>\n` +
			`<table><tr><th>Region</th><th>Orders</th><th>Revenue</th></tr>\n${rows.join('\n')}\n</table></body></html>\n`,
	);
}
