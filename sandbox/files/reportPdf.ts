import PDFDocument from 'pdfkit';
import type { Report } from '../data/rows';
import { drawIcon } from './icon';
import type { ReportFigures } from './reportFigures';
import { dateOf, figuresOf } from './reportFigures';

type Doc = InstanceType<typeof PDFDocument>;

const INK = '#1b2340';
const MUTED = '#69718c';
const FAINT = '#e6e9f2';
const PANEL = '#f6f7fb';
const BRAND = '#1f3fd1';
const BRAND_LIGHT = '#bcc6f3';
const ACCENT = '#14b8a6';
const UP = '#0f8a5f';
const DOWN = '#c2413b';

const PAGE = { width: 595.28, height: 841.89 };
const LEFT = 48;
const WIDTH = PAGE.width - 2 * LEFT;

const REGULAR = 'Helvetica';
const BOLD = 'Helvetica-Bold';

/** The report as a one-page A4 PDF. The same report always gives the same bytes. */
export async function reportPdf(report: Report): Promise<Buffer> {
	const date = dateOf(report);
	const doc = new PDFDocument({
		size: [PAGE.width, PAGE.height],
		margin: 0,
		// The library derives the file's ID from this date as well, so fixing it fixes the bytes.
		info: { Title: report.title, Author: 'ClariBI sandbox', Subject: report.description, CreationDate: date },
	});
	const chunks: Buffer[] = [];
	const done = new Promise<Buffer>((resolve, reject) => {
		doc.on('data', (chunk: Buffer) => chunks.push(chunk));
		doc.on('end', () => resolve(Buffer.concat(chunks)));
		doc.on('error', reject);
	});
	const figures = figuresOf(report);
	drawHeader(doc, report, figures, date);
	drawHeadlines(doc, figures, 164);
	drawMonths(doc, figures, 262);
	drawRegions(doc, figures, 528);
	drawFooter(doc, report);
	doc.end();
	return await done;
}

function drawHeader(doc: Doc, report: Report, { months }: ReportFigures, date: Date): void {
	doc.rect(0, 0, PAGE.width, 6).fill(BRAND);
	drawIcon(doc, LEFT, 36, 18);
	text(doc, 'ClariBI', LEFT + 26, 37, { font: BOLD, size: 13, color: INK });
	const created = date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
	text(doc, created, LEFT, 39, { size: 9.5, color: MUTED, width: WIDTH, align: 'right' });
	doc.moveTo(LEFT, 66).lineTo(LEFT + WIDTH, 66).lineWidth(0.75).stroke(FAINT);
	text(doc, report.title, LEFT, 84, { font: BOLD, size: fitted(doc, report.title, 25), color: INK, width: WIDTH });
	text(doc, report.description, LEFT, 117, { size: 10.5, color: MUTED, width: WIDTH });
	const period = `${months[0] ?? ''} to ${months[months.length - 1] ?? ''}`;
	text(doc, `${period}   ·   amounts in EUR`, LEFT, 133, { size: 9.5, color: MUTED, width: WIDTH });
}

function drawHeadlines(doc: Doc, figures: ReportFigures, top: number): void {
	const best = figures.regions.reduce((a, b) => (b.growth > a.growth ? b : a));
	const cards = [
		{ label: 'Revenue', value: money(figures.revenue), note: `${signed(figures.growth)} on the year before`, growth: figures.growth },
		{ label: 'Orders', value: grouped(figures.orders), note: `${grouped(Math.round(figures.orders / 12))} a month` },
		{ label: 'Average order', value: `€${(figures.revenue / figures.orders).toFixed(2)}`, note: 'before returns' },
		{ label: 'Fastest growth', value: signed(best.growth), note: best.region, growth: best.growth },
	];
	const gap = 12;
	const width = (WIDTH - gap * (cards.length - 1)) / cards.length;
	cards.forEach(({ label, value, note, growth }, index) => {
		const x = LEFT + index * (width + gap);
		doc.roundedRect(x, top, width, 74, 5).fill(PANEL);
		doc.rect(x, top + 12, 2.5, 50).fill(index === 0 ? BRAND : ACCENT);
		text(doc, label, x + 13, top + 12, { size: 8.5, color: MUTED });
		text(doc, value, x + 13, top + 26, { font: BOLD, size: 18, color: INK });
		const color = growth === undefined || index === 3 ? MUTED : growthColor(growth);
		text(doc, note, x + 13, top + 53, { size: 7.8, color, width: width - 18 });
	});
}

function drawMonths(doc: Doc, figures: ReportFigures, top: number): void {
	heading(doc, 'Revenue by month', top);
	drawLegend(doc, top + 2);
	const plot = { x: LEFT + 36, y: top + 32, width: WIDTH - 36, height: 186 };
	const step = niceStep(Math.max(...figures.current, ...figures.previous) / 4);
	const most = step * Math.ceil(Math.max(...figures.current, ...figures.previous) / step);
	const yOf = (value: number): number => plot.y + plot.height * (1 - value / most);
	for (let value = 0; value <= most; value += step) {
		doc.moveTo(plot.x, yOf(value)).lineTo(plot.x + plot.width, yOf(value)).lineWidth(value === 0 ? 1 : 0.5).stroke(value === 0 ? '#aab0c4' : FAINT);
		text(doc, value === 0 ? '0' : `${Math.round(value / 1000)}k`, LEFT, yOf(value) - 4, { size: 8, color: MUTED, width: 28, align: 'right' });
	}
	const slot = plot.width / figures.months.length;
	const bar = 11;
	figures.months.forEach((month, index) => {
		const middle = plot.x + slot * (index + 0.5);
		column(doc, middle - bar - 0.75, yOf(figures.previous[index] ?? 0), bar, plot.y + plot.height, BRAND_LIGHT);
		column(doc, middle + 0.75, yOf(figures.current[index] ?? 0), bar, plot.y + plot.height, BRAND);
		text(doc, month, middle - slot / 2, plot.y + plot.height + 7, { size: 7.8, color: MUTED, width: slot, align: 'center' });
	});
}

function drawLegend(doc: Doc, y: number): void {
	const entries = [
		{ label: 'Year before', color: BRAND_LIGHT, x: LEFT + WIDTH - 138 },
		{ label: 'This period', color: BRAND, x: LEFT + WIDTH - 66 },
	];
	for (const { label, color, x } of entries) {
		doc.roundedRect(x, y + 1, 8, 8, 1.5).fill(color);
		text(doc, label, x + 13, y, { size: 8.5, color: MUTED });
	}
}

function drawRegions(doc: Doc, figures: ReportFigures, top: number): void {
	heading(doc, 'Regions', top);
	const columns = [
		{ title: 'Region', x: LEFT + 10, width: 170, align: 'left' as const },
		{ title: 'Orders', x: LEFT + 176, width: 60, align: 'right' as const },
		{ title: 'Revenue', x: LEFT + 244, width: 76, align: 'right' as const },
		{ title: 'Share', x: LEFT + 344, width: 80, align: 'left' as const },
		{ title: 'Growth', x: LEFT + WIDTH - 70, width: 60, align: 'right' as const },
	];
	const row = 27;
	const first = top + 26;
	doc.roundedRect(LEFT, first, WIDTH, 22, 3).fill(PANEL);
	for (const { title, x, width, align } of columns) {
		text(doc, title, x, first + 7, { font: BOLD, size: 8.5, color: MUTED, width, align });
	}
	const [region, orders, revenue, share, growth] = columns;
	if (!region || !orders || !revenue || !share || !growth) return;
	figures.regions.forEach((each, index) => {
		const y = first + 31 + index * row;
		text(doc, each.region, region.x, y, { size: 9.5, color: INK });
		text(doc, grouped(each.orders), orders.x, y, { size: 9.5, color: INK, width: orders.width, align: 'right' });
		text(doc, `€${grouped(each.revenue)}`, revenue.x, y, { size: 9.5, color: INK, width: revenue.width, align: 'right' });
		doc.roundedRect(share.x, y + 1.5, 48, 6, 3).fill(FAINT);
		doc.roundedRect(share.x, y + 1.5, Math.max(6, 48 * Math.min(1, each.share / 0.4)), 6, 3).fill(ACCENT);
		text(doc, `${Math.round(each.share * 100)}%`, share.x + 54, y, { size: 9.5, color: MUTED });
		text(doc, signed(each.growth), growth.x, y, { font: BOLD, size: 9.5, color: growthColor(each.growth), width: growth.width, align: 'right' });
		doc.moveTo(LEFT, y + 18).lineTo(LEFT + WIDTH, y + 18).lineWidth(0.5).stroke(FAINT);
	});
	const y = first + 31 + figures.regions.length * row;
	text(doc, 'All regions', region.x, y, { font: BOLD, size: 9.5, color: INK });
	text(doc, grouped(figures.orders), orders.x, y, { font: BOLD, size: 9.5, color: INK, width: orders.width, align: 'right' });
	text(doc, `€${grouped(figures.revenue)}`, revenue.x, y, { font: BOLD, size: 9.5, color: INK, width: revenue.width, align: 'right' });
	text(doc, signed(figures.growth), growth.x, y, { font: BOLD, size: 9.5, color: growthColor(figures.growth), width: growth.width, align: 'right' });
}

function drawFooter(doc: Doc, report: Report): void {
	const y = PAGE.height - 46;
	doc.moveTo(LEFT, y - 12).lineTo(LEFT + WIDTH, y - 12).lineWidth(0.75).stroke(FAINT);
	text(doc, 'Sample data, made by the ClariBI sandbox.', LEFT, y, { size: 8, color: MUTED });
	const right = { width: WIDTH / 2, align: 'right' as const };
	const rightX = LEFT + WIDTH / 2;
	text(doc, `Report ${report.id}`, rightX, y, { size: 8, color: MUTED, ...right });
	text(doc, `Template ${report.template_name}`, rightX, y + 12, { size: 8, color: MUTED, ...right });
	text(doc, 'Page 1 of 1', LEFT, y + 12, { size: 8, color: MUTED });
}

function heading(doc: Doc, title: string, y: number): void {
	text(doc, title, LEFT, y, { font: BOLD, size: 13, color: INK });
}

function column(doc: Doc, x: number, top: number, width: number, bottom: number, color: string): void {
	doc.rect(x, top, width, bottom - top).fill(color);
}

interface TextStyle {
	font?: string;
	size: number;
	color: string;
	width?: number;
	align?: 'left' | 'right' | 'center';
}

function text(doc: Doc, content: string, x: number, y: number, { font = REGULAR, size, color, ...layout }: TextStyle): void {
	doc.font(font).fontSize(size).fillColor(color);
	// A height of one line keeps long content from running into what is below it.
	const oneLine = layout.width === undefined ? {} : { height: size * 1.2, ellipsis: true };
	doc.text(content, x, y, { lineBreak: layout.width !== undefined, ...oneLine, ...layout });
}

function fitted(doc: Doc, content: string, size: number): number {
	const width = doc.font(BOLD).fontSize(size).widthOfString(content);
	return Math.max(13, Math.min(size, (size * WIDTH) / width));
}

function niceStep(rough: number): number {
	const magnitude = 10 ** Math.floor(Math.log10(rough));
	const factor = [1, 2, 2.5, 5, 10].find((each) => each * magnitude >= rough) ?? 10;
	return factor * magnitude;
}

function grouped(value: number): string {
	return value.toLocaleString('en-GB');
}

function money(value: number): string {
	return value >= 1_000_000 ? `€${(value / 1_000_000).toFixed(2)}m` : `€${grouped(value)}`;
}

function signed(value: number): string {
	return `${value >= 0 ? '+' : '-'}${Math.abs(value * 100).toFixed(1)}%`;
}

function growthColor(value: number): string {
	return value >= 0 ? UP : DOWN;
}
