import type { Locator, Page } from 'playwright-core';
import type { Frame } from './encodeGif';

/** A point or part of the page, in its pixels. */
interface Point {
	x: number;
	y: number;
}

/** How big the film's picture is, in the page's pixels. */
export interface Size {
	width: number;
	height: number;
}

const STEP_MS = 50;
const STEPS_OF_A_MOVE = 5;
const CLICK_MS = 120;
const KEY_MS = 60;

/** A pointer for the film, since screenshots have none. It follows the page's own mouse. */
const POINTER = `
	addEventListener('DOMContentLoaded', () => {
		const pointer = document.createElement('div');
		pointer.innerHTML = '<svg width="26" height="26" viewBox="0 0 24 24"><path d="M5 2l14 12-6.5.6 3.7 7.2-3 1.5-3.6-7.3L5 20.5z" fill="#111" stroke="#fff" stroke-width="1.5"/></svg>';
		Object.assign(pointer.style, { position: 'fixed', left: '-50px', top: '0', zIndex: 2147483647, pointerEvents: 'none', transformOrigin: '5px 2px' });
		document.documentElement.append(pointer);
		addEventListener('mousemove', ({ clientX, clientY }) => Object.assign(pointer.style, { left: clientX - 5 + 'px', top: clientY - 2 + 'px' }), true);
		addEventListener('mousedown', () => { pointer.style.transform = 'scale(0.75)'; }, true);
		addEventListener('mouseup', () => { pointer.style.transform = ''; }, true);
	});
`;

/**
 * Films a page frame by frame: how long a frame is shown is said here, so the film runs at the same speed however slow the
 * computer is that made it.
 */
export class Camera {
	readonly frames: Frame[] = [];

	/** The upper left corner of what is seen. */
	private corner: Point = { x: 0, y: 0 };

	private pointer: Point = { x: 0, y: 0 };

	private constructor(
		private readonly page: Page,
		private readonly size: Size,
	) {}

	/** To be called before the page is loaded. */
	static async on(page: Page, size: Size): Promise<Camera> {
		await page.addInitScript(POINTER);
		return new Camera(page, size);
	}

	/** Cuts to another part of the page: the one around these places, as far as the page reaches. */
	async cutTo(...places: [Locator, ...Locator[]]): Promise<void> {
		const centres = await Promise.all(places.map(centreOf));
		const { width, height } = this.page.viewportSize() ?? this.size;
		this.corner = {
			x: clamp(middle(centres.map(({ x }) => x)) - this.size.width / 2, width - this.size.width),
			y: clamp(middle(centres.map(({ y }) => y)) - this.size.height / 2, height - this.size.height),
		};
	}

	/** Shows what is there for so long. */
	async hold(ms: number): Promise<void> {
		this.frames.push({ png: await this.page.screenshot({ clip: { ...this.corner, ...this.size }, animations: 'disabled' }), ms });
	}

	/** Moves the pointer to a place and clicks there. */
	async click(place: Locator): Promise<void> {
		const from = this.pointer;
		const to = await centreOf(place);
		for (let step = 1; step <= STEPS_OF_A_MOVE; step += 1) {
			// Slow at both ends, as a hand moves.
			const share = (1 - Math.cos((Math.PI * step) / STEPS_OF_A_MOVE)) / 2;
			await this.page.mouse.move(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share);
			await this.hold(STEP_MS);
		}
		// The place may have moved meanwhile.
		this.pointer = await centreOf(place);
		await this.page.mouse.move(this.pointer.x, this.pointer.y);
		await this.page.mouse.down();
		await this.hold(CLICK_MS);
		await this.page.mouse.up();
	}

	/** Types at the speed of a hand into what has the focus. */
	async type(text: string): Promise<void> {
		for (const key of text) {
			await this.page.keyboard.type(key);
			await this.hold(KEY_MS);
		}
	}
}

async function centreOf(place: Locator): Promise<Point> {
	await place.scrollIntoViewIfNeeded();
	const box = await place.boundingBox();
	if (!box) throw new Error(`${String(place)} is not on the page`);
	return { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
}

function middle(values: number[]): number {
	return (Math.min(...values) + Math.max(...values)) / 2;
}

function clamp(value: number, most: number): number {
	return Math.round(Math.min(Math.max(value, 0), Math.max(most, 0)));
}
