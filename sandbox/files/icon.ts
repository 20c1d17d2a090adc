import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type PDFDocument from 'pdfkit';

const ICON = readFileSync(join(__dirname, '../../icons/claribi.svg'), 'utf8');

/** Draws the nodes' own icon into a square. Knows the shapes that the icon is made of: rectangles and paths. */
export function drawIcon(doc: InstanceType<typeof PDFDocument>, x: number, y: number, size: number): void {
	const viewBox = /viewBox="0 0 (\d+)/.exec(ICON)?.[1];
	doc.save().translate(x, y).scale(size / Number(viewBox));
	for (const [, shape, attributes = ''] of ICON.matchAll(/<(rect|path) ([^>]*)\/>/g)) {
		const { d = '', fill, stroke, rx = '0', ...rest } = attributesOf(attributes);
		const [left = 0, top = 0, width = 0, height = 0] = [rest.x, rest.y, rest.width, rest.height].map(Number);
		if (shape === 'rect') doc.roundedRect(left, top, width, height, Number(rx));
		else doc.path(d);
		if (stroke === undefined) doc.fill(fill);
		else doc.lineWidth(Number(rest['stroke-width'])).lineCap('round').stroke(stroke);
	}
	doc.restore();
}

function attributesOf(text: string): Record<string, string | undefined> {
	return Object.fromEntries([...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = '', value]) => [name, value]));
}
