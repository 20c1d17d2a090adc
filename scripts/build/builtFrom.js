const { createHash } = require('node:crypto');
const { readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const ROOT = join(__dirname, '..', '..');
/** What `dist/` is made of. */
const SOURCES = ['credentials', 'icons', 'nodes'];
/** In `dist/`, so that it goes when the build goes; it is not published. */
const STAMP = join(ROOT, 'dist', '.built-from');

/** A hash of the sources' names and contents: the same in every clone, whatever the times of the files are. */
function hashSources() {
	const hash = createHash('sha256');
	for (const folder of SOURCES) {
		const entries = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true });
		const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
		for (const file of files.sort()) hash.update(`${file.slice(ROOT.length)}\0`).update(readFileSync(file)).update('\0');
	}
	return hash.digest('hex');
}

/** Says in `dist/` what it was built from. */
function stampBuild(hash) {
	writeFileSync(STAMP, hash);
}

/** @throws Error with a sentence for the developer when `dist/` was not built from the sources as they are */
function requireFreshBuild() {
	const built = readStamp();
	if (built === hashSources()) return;
	const why = built === undefined ? 'dist/ has not been built' : 'dist/ was built before the last change in nodes/, credentials/ or icons/';
	throw new Error(`${why}. Run “npm run build”, then the tests again.`);
}

function readStamp() {
	try {
		return readFileSync(STAMP, 'utf8');
	} catch {
		return undefined;
	}
}

module.exports = { hashSources, requireFreshBuild, stampBuild };
