/** What this folder uses of gifenc, which has no types of its own. */
declare module 'gifenc' {
	/** Red, green and blue, 0 to 255. */
	type Colour = number[];

	export function quantize(rgba: Uint8Array, maxColours: number): Colour[];
	export function applyPalette(rgba: Uint8Array, palette: Colour[]): Uint8Array;
	export function GIFEncoder(): {
		/** @param options with `delay` in milliseconds */
		writeFrame(
			index: Uint8Array,
			width: number,
			height: number,
			options: { palette?: Colour[]; delay: number; transparent?: boolean; transparentIndex?: number; dispose?: number },
		): void;
		finish(): void;
		bytes(): Uint8Array;
	};
}
