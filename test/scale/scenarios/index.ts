import type { World } from '../world';
import { limits } from './limits';
import { load } from './load';
import { throughput } from './throughput';

/** In the order in which they run: the first starts the workers. */
export const scenarios: Record<string, (world: World) => Promise<void>> = { throughput, load, limits };
