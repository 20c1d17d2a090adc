// Plain JavaScript: what lets Node.js read TypeScript would slow down every file that is loaded here.
const { setTimeout: pause } = require('node:timers/promises');

/** Bytes that are in use once the garbage is gone. */
async function memoryInUse() {
	for (let round = 0; round < 4; round += 1) {
		globalThis.gc();
		await pause(5);
	}
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

/** Loads a package with n8n's own loader, in a process that has n8n's engine in memory and its loader at work before. */
async function main() {
	const { before, warmUp, measured } = JSON.parse(process.argv[2]);
	require('reflect-metadata');
	require('n8n-workflow');
	const { PackageDirectoryLoader } = require('n8n-core');
	for (const file of before) require(file);
	const load = async ({ folder, n8n }) => {
		const loader = new PackageDirectoryLoader(folder);
		if (n8n !== undefined) loader.packageJson.n8n = n8n;
		await loader.loadAll();
		return loader;
	};
	// Kept to the end, so that nothing is freed during a measurement.
	const kept = [await load(warmUp)];
	const known = new Set(Object.keys(require.cache));
	const idle = await memoryInUse();
	const begun = performance.now();
	kept.push(await load(measured));
	const ms = performance.now() - begun;
	const bytes = (await memoryInUse()) - idle;
	const files = Object.keys(require.cache).filter((file) => !known.has(file)).length;
	process.send({ ms, bytes, files, nodes: kept[1].types.nodes.length }, undefined, undefined, () => process.exit());
}

main().catch((error) => {
	console.error(error);
	process.exit(1);
});
