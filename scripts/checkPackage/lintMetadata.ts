interface Publint {
	publint: (options: { pkgDir: string }) => Promise<{ messages: Array<{ code: string }>; pkg: object }>;
}
interface PublintUtils {
	formatMessage: (message: { code: string }, pkg: object) => string | undefined;
}

/** publint's advice that does not fit a package that n8n loads by itself and nobody imports. */
const NOT_FOR_NODES = new Set(['USE_TYPE']);

/**
 * Checks what package.json says about the package, with publint.
 *
 * @param folder the unpacked package
 * @returns what is wrong, as publint words it
 */
export async function lintMetadata(folder: string): Promise<string[]> {
	// Both are ES modules, which this project's module resolution does not look up by name.
	const [main, utils] = ['publint', 'publint/utils'];
	const { publint } = (await import(main)) as Publint;
	const { formatMessage } = (await import(utils)) as PublintUtils;
	const { messages, pkg } = await publint({ pkgDir: folder });
	return messages
		.filter(({ code }) => !NOT_FOR_NODES.has(code))
		.map((message) => formatMessage(message, pkg) ?? message.code);
}
