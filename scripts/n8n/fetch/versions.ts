/** The n8n that the editor, the end-to-end tests and the benchmarks run. */
export const N8N_VERSION = '2.40.7';

/** The Node.js that is fetched for n8n when this computer's is older than n8n asks for. */
export const NODE_VERSION = '24.9.0';

/** n8n's own `engines` entry: the oldest major version of Node.js that it starts on. */
export const OLDEST_NODE_MAJOR = 24;

/** The oldest n8n-core that the package supports; `npm run test:compat` runs the engine tests on it. */
export const OLDEST_ENGINE = '2.0.0';
