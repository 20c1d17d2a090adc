import { runNode } from '../../harness';

/**
 * A process of its own for one download: prints the size of the file and the most memory that the process ever had,
 * both in bytes, as JSON.
 *
 * Arguments: the Base URL, the API key, the report's id.
 */
async function main([baseUrl = '', apiKey = '', reportId = '']: string[]): Promise<void> {
	const { items, error } = await runNode({
		parameters: { resource: 'report', operation: 'download', reportId: { __rl: true, mode: 'id', value: reportId } },
		credential: { apiKey, baseUrl },
		binaryMode: 'filesystem',
	});
	if (error) throw error;
	const peak = process.resourceUsage().maxRSS * 1024;
	// Older engines keep timers, which would keep this process.
	process.stdout.write(JSON.stringify({ size: items[0]?.json.file_size, peak }), () => process.exit());
}

void main(process.argv.slice(2));
