import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { runCommand } from '../../scripts/n8n/command';
import type { N8nInstall } from '../../scripts/n8n/fetch/fetchN8n';

/** Where the figures come from. */
export interface Machine {
	cpu: string;
	cores: number;
	memoryGiB: number;
	system: string;
	node: string;
	n8n: string;
	/** Load average of the last minute before the benchmark began: much above 0, other programs were running. */
	loadBefore: number;
}

export async function describeMachine(n8n: N8nInstall): Promise<Machine> {
	const processors = cpus();
	return {
		cpu: processors[0]?.model.trim() ?? 'unknown',
		cores: processors.length,
		memoryGiB: Math.round(totalmem() / 1024 ** 3),
		system: `${type()} ${release()}`,
		node: await runCommand(n8n.node.program, ['--version'], { cwd: n8n.folder }),
		n8n: n8n.version,
		loadBefore: Number((loadavg()[0] ?? 0).toFixed(1)),
	};
}
