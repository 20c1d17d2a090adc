import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Pictures and logs of the last run; not kept in the repository. */
export const ARTEFACTS = join(__dirname, '..', 'artefacts');

/** Keeps a picture of what the browser shows now. */
export async function keepPicture(page: Page, name: string): Promise<void> {
	await page.screenshot({ path: join(ARTEFACTS, `${name}.png`), animations: 'disabled' });
}
