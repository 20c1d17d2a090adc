import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { alternate, ratios } from '../bench';
import type { Bench, Row } from '../bench';
import { builtInPeer } from '../peers/builtInPeer';
import type { Peer } from '../peers/peer';
import { registryPeer } from '../peers/registryPeer';
import { measure } from '../program';
import { spread } from '../statistics';
import { describeBoth, kibibytePair } from '../units';

interface Loaded {
	ms: number;
	/** Still in use after loading, with the garbage collected. */
	bytes: number;
	/** How many files were read as modules. */
	files: number;
	nodes: number;
}

/** The declarative package of our size to compare with. */
const RIVAL = 'Firecrawl';

const MANY_FILES = 'Two nodes in a hundred small files, against one node in 43';

const PROBE = resolve(__dirname, '../../engine/harness/fixture');

/** What the package costs n8n at its start, before anyone uses it. */
export async function load(bench: Bench): Promise<Row[]> {
	bench.say('e: fetching and packing what is compared');
	const peers: Record<string, Peer> = {
		[RIVAL]: await registryPeer('@mendable/n8n-nodes-firecrawl@2.1.2'),
		Templated: await registryPeer('n8n-nodes-templated@0.4.5'),
		'built-in Metabase': await builtInPeer(bench, 'Metabase'),
		'built-in Grafana': await builtInPeer(bench, 'Grafana'),
	};
	const own: Peer = { folder: bench.packageFolder, tarballBytes: (await stat(bench.tarball)).size };
	const run = ({ folder, n8n }: Peer) => async (): Promise<Loaded> =>
		await measure<Loaded>(bench, 'measure/load.cjs', {
			// Shared by all of n8n's own nodes, so it counts for none.
			before: ['n8n-nodes-base/dist/utils/utilities'],
			warmUp: { folder: PROBE },
			measured: { folder, n8n },
		});
	const rounds = bench.quick ? 3 : 15;
	bench.say(`e: loading ${1 + Object.keys(peers).length} packages, ${rounds} rounds`);
	const { ours = [], ...others } = await alternate<string, Loaded>(rounds, {
		ours: run(own),
		...Object.fromEntries(Object.entries(peers).map(([name, peer]) => [name, run(peer)])),
	});
	const [ourTimes, ourBytes] = [ours.map(({ ms }) => ms), ours.map(({ bytes }) => bytes)];
	const scenario = 'e. Loading at n8n’s start';
	const rows = Object.entries(others).flatMap(([name, results]): Row[] => {
		const [theirTimes, theirBytes] = [results.map(({ ms }) => ms), results.map(({ bytes }) => bytes)];
		const goal = name === RIVAL ? { goal: 1 } : {};
		return [
			{
				scenario,
				what: `time / ${name}`,
				samples: ratios(ourTimes, theirTimes),
				...goal,
				behind: describeBoth(ourTimes, theirTimes),
				note: describeContents(ours, results),
				reason: MANY_FILES,
			},
			{ scenario, what: `memory / ${name}`, samples: ratios(ourBytes, theirBytes), ...goal, behind: kibibytePair(ourBytes, theirBytes), reason: MANY_FILES },
		];
	});
	const tarballs = Object.values(peers).map(({ tarballBytes }) => tarballBytes);
	rows.push({
		scenario: 'e. Tarball',
		what: 'size / median of the four',
		samples: [own.tarballBytes / spread(tarballs).median],
		goal: 1,
		behind: kibibytePair([own.tarballBytes], tarballs),
		reason: `Two nodes, with the output fields of 15 operations: ${Math.round(own.tarballBytes / 1024)} KiB. The others: ${Object.entries(peers)
			.map(([name, { tarballBytes }]) => `${name} ${Math.round(tarballBytes / 1024)}`)
			.join(', ')} KiB`,
		note: `${Object.entries(peers)
			.map(([name, { tarballBytes }]) => `${name} ${Math.round(tarballBytes / 1024)}`)
			.join(', ')} KiB; the built-in ones without type declarations, source maps and shared helpers`,
	});
	return rows;
}

/** How many files the two sides load: many small ones cost more than one large one. */
function describeContents([ours]: Loaded[], [theirs]: Loaded[]): string {
	const describe = ({ files, nodes }: Loaded): string => `${files} files for ${nodes} ${nodes === 1 ? 'node' : 'nodes'}`;
	return ours && theirs ? `${describe(ours)} / ${describe(theirs)}` : '';
}
