const { spawn } = require('node:child_process');
const { createRequire } = require('node:module');
const { dest, parallel, series, src, watch } = require('gulp');
const { rimraf } = require('rimraf');
const { hashSources, isFreshBuild, stampBuild } = require('./scripts/build/builtFrom');

/** Everything that the package needs besides compiled code; nothing else gets into it, pictures for the docs included. */
const ASSETS = ['icons/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'];

let builtFrom;

async function clean() {
	// Before it is compiled: what changes meanwhile is not in the build.
	builtFrom = hashSources();
	await rimraf('dist');
}

function compile() {
	const tsc = createRequire(__filename).resolve('typescript/bin/tsc');
	return spawn(process.execPath, [tsc, '--project', 'tsconfig.json'], { stdio: 'inherit' });
}

const copyAssets = () => src(ASSETS, { base: '.' }).pipe(dest('dist'));

/** Only a build that went well says what it was made of. */
async function stamp() {
	stampBuild(builtFrom);
}

exports.build = series(clean, parallel(compile, copyAssets), stamp);
/** For whatever runs the build: a build that is fresh is left alone, so that several may run it at once. */
exports.buildStale = (done) => (isFreshBuild() ? done() : exports.build(done));
