import { runNode } from '../harness';

/**
 * A process of its own for two runs: one of a single item, after which everything is loaded, and one of many, whose paid
 * calls all fail. Prints how many items failed, and the memory before and at the most, in bytes, as JSON.
 *
 * Arguments: the Base URL, the API key, the number of items.
 */
async function main([baseUrl = '', apiKey = '', items = '']: string[]): Promise<void> {
	const run = async (count: number) =>
		await runNode({
			parameters: { resource: 'report', operation: 'generate', templateId: '=template-{{ $json.number }}' },
			items: Array.from({ length: count }, (_, number) => ({ number })),
			credential: { apiKey, baseUrl },
			onError: 'continueRegularOutput',
		});
	await run(1);
	const idle = process.memoryUsage().rss;
	const result = await run(Number(items));
	const failed = result.items.filter(({ json }) => 'error' in json);
	const peak = process.resourceUsage().maxRSS * 1024;
	process.stdout.write(JSON.stringify({ failed: failed.length, idle, peak }), () => process.exit());
}

void main(process.argv.slice(2));
