import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { freePort } from '../n8n/freePort';

const USUAL_PORT = 8787;

const DASHBOARDS = [
	{ name: 'Weekly sales', description: 'Revenue and orders, per region' },
	{ name: 'Marketing funnel', description: 'From first visit to first order' },
	{ name: 'Customer support', description: 'Open questions and how fast they are answered' },
	{ name: 'Cash flow', description: 'What comes in and what goes out' },
	{ name: 'Stock levels', description: 'What has to be ordered again' },
];
const DATA_SOURCES = [
	{ name: 'Web shop', type: 'api', engine: 'shopify' },
	{ name: 'Bookkeeping', type: 'database', engine: 'postgresql' },
	{ name: 'Website visits', type: 'api', engine: 'google_analytics' },
];
const REPORTS = [
	{ title: 'Sales in October', description: 'Revenue and orders, per region', template_id: 'monthly-sales', template_name: 'Monthly sales' },
	{ title: 'Marketing in October', description: 'What each campaign brought in', template_id: 'marketing', template_name: 'Marketing by campaign' },
	{ title: 'Sales last week', description: 'Revenue and orders, per region', template_id: 'weekly-sales', template_name: 'Weekly sales' },
];

/** A sandbox with names that a person can tell apart, which takes two seconds for a report. */
export async function startFurnishedSandbox(): Promise<Sandbox> {
	const sandbox = await startSandbox({
		port: await freePort(USUAL_PORT),
		dashboards: 0,
		dataSources: 0,
		reports: 0,
		generation: { durationMs: 2_000 },
		journalLimit: 1_000,
	});
	const { store } = sandbox;
	DASHBOARDS.forEach((dashboard) => store.addDashboard(dashboard));
	const sources = DATA_SOURCES.map((source) => store.addDataSource(source));
	REPORTS.forEach((report) => store.addReport({ ...report, data_source_ids: sources.map(({ id }) => id) }));
	return sandbox;
}
