interface Scanner {
	analyzePackage: (
		folder: string,
		patterns: string[],
	) => Promise<{ passed: boolean; message?: string; details?: string }>;
	SOURCE_FILE_PATTERNS: string[];
}

/**
 * The analysis that n8n runs before it verifies a community node, without the network. It ignores every
 * `eslint-disable`.
 *
 * @param folder a repository or an unpacked package
 * @returns what it found, as n8n words it
 */
export async function scan(folder: string): Promise<string[]> {
	const specifier = '@n8n/scan-community-package/scanner/scanner.mjs';
	const { analyzePackage, SOURCE_FILE_PATTERNS } = (await import(specifier)) as Scanner;
	const { passed, message = '', details = '' } = await analyzePackage(folder, SOURCE_FILE_PATTERNS);
	return passed ? [] : [`${message} ${details}`];
}
