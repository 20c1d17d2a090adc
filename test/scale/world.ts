import type { SavedCredential, SavedWorkflow, Session } from '../../scripts/n8n/client';
import type { KeyName } from '../../sandbox';
import type { Cluster } from './stack/cluster';
import type { Postgres } from './stack/postgres';
import type { Redis } from './stack/redis';
import type { SandboxProcess } from './stack/sandboxProcess';
import type { Rules } from './rules';
import type { LotFigures } from './summary';

/** Everything that runs, and what the scenarios share. */
export interface World {
	cluster: Cluster;
	sandbox: SandboxProcess;
	postgres: Postgres;
	redis: Redis;
	session: Session;
	rules: Rules;
	/** The result of every batch so far. */
	lots: LotFigures[];
	/** A number of executions for this run, smaller while developing. */
	scaled: (count: number) => number;
	/** n8n's copies of the ordered workflows, with the credential that all of them use. */
	workflows: Record<string, SavedWorkflow>;
	credential: SavedCredential;
	/** A folder that every process of n8n may keep files in. */
	sharedFiles: string;
	/** Puts another key into the credential, so that a scenario starts with fresh limits. */
	useKey: (key: KeyName) => Promise<void>;
}
