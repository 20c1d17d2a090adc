import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pc from 'picocolors';
import { checkFileList, checkLoads, checkReferences } from './checks';
import { lintMetadata } from './lintMetadata';
import { packAndUnpack } from './pack';
import { scan } from './scan';

const ROOT = resolve(__dirname, '../..');
const FILE_LIST = join(__dirname, 'files.txt');

/** Packs the package as it would be published and checks it as its users and n8n's reviewers will. */
async function checkPackage(): Promise<boolean> {
	const target = mkdtempSync(join(tmpdir(), 'claribi-package-'));
	try {
		const unpacked = await packAndUnpack(ROOT, target);
		if (process.argv.includes('--update')) writeFileSync(FILE_LIST, `${unpacked.files.join('\n')}\n`);
		const expected = readFileSync(FILE_LIST, 'utf8').split('\n').filter(Boolean);
		const checks: Array<[string, string[]]> = [
			['its list of files', checkFileList(unpacked, expected)],
			['what its files refer to', checkReferences(unpacked)],
			['loading it with n8n-core', await checkLoads(unpacked)],
			['its metadata (publint)', await lintMetadata(unpacked.folder)],
			['n8n’s scanner on the source', await scan(ROOT)],
			['n8n’s scanner on the package', await scan(unpacked.folder)],
		];
		for (const [name, findings] of checks) {
			console.log(`${findings.length === 0 ? pc.green('✔') : pc.red('✖')} ${name}`);
			findings.forEach((finding) => console.log(`  ${finding}`));
		}
		return checks.every(([, findings]) => findings.length === 0);
	} finally {
		rmSync(target, { recursive: true, force: true });
	}
}

void checkPackage().then((isGood) => {
	process.exitCode = isGood ? 0 : 1;
});
