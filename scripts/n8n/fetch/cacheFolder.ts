import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where fetched programs are kept between runs: a folder of our own below `XDG_CACHE_HOME` or `~/.cache`. */
export function cacheFolder(...parts: string[]): string {
	return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'n8n-nodes-claribi', ...parts);
}
