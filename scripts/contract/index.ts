import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pageOf } from './page';
import { CONTRACT_PATH, readContract } from './readContract';

/** Writes the contract as a page beside it. */
const target = CONTRACT_PATH.replace('.openapi.yaml', '.md');
writeFileSync(resolve(__dirname, '../..', target), pageOf(readContract()));
console.log(`Written: ${target}`);
