const { createHash } = require('node:crypto');
const { readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join, relative } = require('node:path');

const ROOT = join(__dirname, '..', '..');
/** What `dist/` is made of. */
const FOLDERS = ['credentials', 'icons', 'nodes'];
/** What says how. */
const RECIPE = ['gulpfile.js', 'package-lock.json', 'tsconfig.json'];
/** In `dist/`, so that it goes when the build goes; it is not published. */
const STAMP = join(ROOT, 'dist', '.built-from');

/** A hash of the sources' names and contents: the same in every clone, whatever the times of the files are. */
function hashSources() {
	const hash = createHash('sha256');
	for (const file of [...FOLDERS.flatMap(filesIn), ...RECIPE]) {
		hash.update(`${file}\0`).update(readFileSync(join(ROOT, file))).update('\0');
	}
	return hash.digest('hex');
}

function filesIn(folder) {
	const entries = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true });
	return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => relative(ROOT, join(parentPath, name))).sort();
}

/** Says in `dist/` what it was built from. */
function stampBuild(hash) {
	writeFileSync(STAMP, hash);
}

function isFreshBuild() {
	return readStamp() === hashSources();
}

/** @throws Error with a sentence for the developer when `dist/` was not built from the sources as they are */
function requireFreshBuild() {
	if (isFreshBuild()) return;
	const why = readStamp() === undefined ? 'dist/ has not been built' : 'dist/ was built before the last change in nodes/, credentials/ or icons/';
	throw new Error(`${why}. Run “npm run build”, then the tests again.`);
}

function readStamp() {
	try {
		return readFileSync(STAMP, 'utf8');
	} catch {
		return undefined;
	}
}

module.exports = { hashSources, isFreshBuild, requireFreshBuild, stampBuild };
