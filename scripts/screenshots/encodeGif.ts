import { GIFEncoder, applyPalette, quantize } from 'gifenc';
import { PNG } from 'pngjs';

/** A picture of a film, and how long it is shown. */
export interface Frame {
	png: Buffer;
	ms: number;
}

/** A GIF has 256 colours. One of them stands for "as in the frame before". */
const COLOURS = 255;
const UNCHANGED = COLOURS;

/** Every so many pixels count for the palette: enough for a screen, where colours are few and areas large. */
const SAMPLED_PIXELS = 7;
const BYTES_PER_PIXEL = 4;

/** The GIF's disposal method that leaves a frame in place below the next one. */
const KEEP = 1;

/**
 * An animated GIF that repeats for ever. All frames share one palette, so that what does not change costs next to nothing.
 * @throws RangeError when there is no frame, or when frames differ in size
 */
export function encodeGif(frames: Frame[]): Uint8Array {
	const pictures = frames.map(({ png, ms }) => ({ ...PNG.sync.read(png), ms }));
	const [first] = pictures;
	if (!first) throw new RangeError('A film needs a frame.');
	const { width, height } = first;
	if (pictures.some((picture) => picture.width !== width || picture.height !== height)) throw new RangeError('All frames of a film have one size.');
	const palette = quantize(sampleOf(pictures.map(({ data }) => data)), COLOURS);
	while (palette.length <= UNCHANGED) palette.push([0, 0, 0]);
	const gif = GIFEncoder();
	let before: Uint8Array | undefined;
	for (const { data, ms } of pictures) {
		const now = applyPalette(data, palette.slice(0, COLOURS));
		const change = before ? now.map((colour, at) => (colour === before?.[at] ? UNCHANGED : colour)) : now;
		gif.writeFrame(change, width, height, {
			...(before ? { transparent: true, transparentIndex: UNCHANGED } : { palette }),
			delay: ms,
			dispose: KEEP,
		});
		before = now;
	}
	gif.finish();
	return gif.bytes();
}

/** Some pixels of every picture, spread over it. */
function sampleOf(pictures: Buffer[]): Uint8Array {
	const size = Math.ceil((pictures[0]?.length ?? 0) / BYTES_PER_PIXEL / SAMPLED_PIXELS);
	const sample = new Uint8Array(size * pictures.length * BYTES_PER_PIXEL);
	pictures.forEach((picture, number) => {
		for (let pixel = 0; pixel < size; pixel += 1) {
			const from = pixel * SAMPLED_PIXELS * BYTES_PER_PIXEL;
			sample.set(picture.subarray(from, from + BYTES_PER_PIXEL), (number * size + pixel) * BYTES_PER_PIXEL);
		}
	});
	return sample;
}
