const { spawn } = require('node:child_process');
const { createRequire } = require('node:module');
const { dest, parallel, series, src, watch } = require('gulp');
const { rimraf } = require('rimraf');

/** Everything that the package needs besides compiled code; nothing else gets into it, pictures for the docs included. */
const ASSETS = ['icons/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'];
const SOURCES = ['nodes/**/*.ts', 'credentials/**/*.ts', 'tsconfig.json'];

const clean = () => rimraf('dist');

function compile() {
	const tsc = createRequire(__filename).resolve('typescript/bin/tsc');
	return spawn(process.execPath, [tsc, '--project', 'tsconfig.json'], { stdio: 'inherit' });
}

const copyAssets = () => src(ASSETS, { base: '.' }).pipe(dest('dist'));

exports.build = series(clean, parallel(compile, copyAssets));
exports.watch = series(exports.build, () => {
	watch(SOURCES, compile);
	watch(ASSETS, copyAssets);
});
