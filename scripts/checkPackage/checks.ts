import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { loadPackage } from '../../test/engine/harness';
import type { Unpacked } from './pack';

/** A list of what is wrong; empty when nothing is. */
type Findings = string[];

const UNWANTED = /\.(ts|map|png|jpe?g|tsbuildinfo)$|(^|\/)(test|sandbox|scripts|docs|examples)\//;

/** The package has exactly the files that the committed list names: nothing is missing, nothing slipped in. */
export function checkFileList({ files }: Unpacked, expected: string[]): Findings {
	const differences = [
		...files.filter((file) => !expected.includes(file)).map((file) => `not in the list of files: ${file}`),
		...expected.filter((file) => !files.includes(file)).map((file) => `missing from the package: ${file}`),
	];
	const advice = 'If that is as it should be: npm run check:package -- --update, and commit scripts/checkPackage/files.txt.';
	return [
		...differences,
		...(differences.length > 0 ? [advice] : []),
		...files.filter((file) => UNWANTED.test(file)).map((file) => `does not belong into a package: ${file}`),
	];
}

/** Every file that is required or named as an icon is there, in exactly this spelling. */
export function checkReferences({ folder, files }: Unpacked): Findings {
	const known = new Set(files);
	return files
		.filter((file) => file.endsWith('.js'))
		.flatMap((file) => {
			const code = readFileSync(join(folder, file), 'utf8');
			const required = [...code.matchAll(/require\("(\.[^"]+)"\)/g)].map(([, path = '']) => join(file, '..', path));
			const icons = [...code.matchAll(/'file:([^']+\.svg)'/g)].map(([, path = '']) => join(file, '..', path));
			return [
				...required.filter((path) => !known.has(`${path}.js`) && !known.has(`${path}/index.js`)),
				...icons.filter((path) => !known.has(path)),
			].map((path) => `${file} refers to ${path}, which is not in the package`);
		});
}

/**
 * n8n's own loader takes the package, with all that its package.json names.
 *
 * @throws the loader's error when a file cannot be loaded
 */
export async function checkLoads({ folder }: Unpacked): Promise<Findings> {
	const { n8n } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
		n8n: { nodes: string[]; credentials: string[] };
	};
	const missing = [...n8n.nodes, ...n8n.credentials].filter((file) => !existsSync(join(folder, file)));
	if (missing.length > 0) return missing.map((file) => `package.json names ${file}, which is not there`);
	const loaded = await loadPackage(folder);
	n8n.nodes.forEach((file) => loaded.nodeTypes.getByNameAndVersion(`${loaded.name}.${typeName(file)}`));
	n8n.credentials.forEach((file) => loaded.credentialType(typeName(file)));
	return [];
}

/** `ClariBiTrigger.node.js` is the type `clariBiTrigger`. */
function typeName(file: string): string {
	const name = basename(file).split('.')[0] ?? '';
	return name.charAt(0).toLowerCase() + name.slice(1);
}
