import type { Bench, Row } from '../bench';
import { dashboardGet } from './dashboardGet';
import { download } from './download';
import { load } from './load';
import { reports } from './reports';
import { returnAll } from './returnAll';
import { trigger } from './trigger';

/** What is measured, by the letter that chooses it on the command line. */
export const scenarios: Record<string, { title: string; run: (bench: Bench) => Promise<Row[]> }> = {
	a: { title: 'many small requests', run: dashboardGet },
	b: { title: 'a long list', run: returnAll },
	c: { title: 'generated reports', run: reports },
	d: { title: 'big files', run: download },
	e: { title: 'loading', run: load },
	f: { title: 'idle polls', run: trigger },
};
