import type { World } from '../world';
import { contention } from './contention';
import { encryptionKey } from './encryptionKey';
import { faults } from './faults';
import { files } from './files';
import { killed } from './killed';
import { planLimits } from './planLimits';
import { load } from './load';
import { restarts } from './restarts';
import { throughput } from './throughput';
import { trigger } from './trigger';

/** In the order in which they run. */
export const scenarios: Record<string, (world: World) => Promise<void>> = { throughput, load, planLimits, contention, faults, restarts, killed, trigger, files, encryptionKey };
