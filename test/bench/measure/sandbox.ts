import { startSandbox } from '../../../sandbox';
import type { SandboxOptions } from '../../../sandbox';

/** The sandbox's own process. Reports where it listens, and runs until it is ended. */
process.setSourceMapsEnabled(false);
startSandbox(JSON.parse(process.argv[2] ?? '{}') as SandboxOptions).then(
	({ url, origin }) => process.send?.({ url, origin }),
	(error: Error) => {
		throw error;
	},
);
process.once('disconnect', () => process.exit());
