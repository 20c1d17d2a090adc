import { runNode } from '../../harness';

/**
 * A process of its own for one run of Report → Generate that goes on after errors: prints the lengths of what its items
 * say, and the most memory that the process ever had in bytes, as JSON.
 *
 * Arguments: the Base URL, the API key, how many items.
 */
async function main([baseUrl = '', apiKey = '', count = '']: string[]): Promise<void> {
	const { items, error } = await runNode({
		parameters: { resource: 'report', operation: 'generate', templateId: '=template-{{ $json.number }}' },
		items: Array.from({ length: Number(count) }, (_, number) => ({ number })),
		credential: { apiKey, baseUrl },
		onError: 'continueRegularOutput',
	});
	if (error) throw error;
	const lengths = items.map((item) => JSON.stringify(item.json).length);
	const peak = process.resourceUsage().maxRSS * 1024;
	// Older engines keep timers, which would keep this process.
	process.stdout.write(JSON.stringify({ lengths, peak }), () => process.exit());
}

void main(process.argv.slice(2));
