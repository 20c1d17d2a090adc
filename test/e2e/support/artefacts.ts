/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { join } from 'node:path';

/** Pictures and logs of the last run, for a person to look at; not kept in the repository. */
export const ARTEFACTS = join(__dirname, '..', 'artefacts');
