import { idsOf, onSandbox, only } from '../../onSandbox';
import { runWorkflow, agentType, startType } from '../../harness';
import { defaultType, plainNode } from '../../harness/runNode';
import { connectTo } from '../../harness/workflowRun';

/** Retry On Fail and calls that cost nothing but must not happen twice either: Dashboard → Create. */

const on = onSandbox({ dashboards: 0 });
const create = { name: '={{ $json.name }}' };
const retryOnFail = { maxTries: 3, waitBetweenTriesMs: 1 };
const items = [{ name: 'North' }, { name: 'South' }, { name: 'East' }];

const dashboards = () => on.sandbox.store.allDashboards().view('oldest').slice(0, 100);
const namesOfDashboards = () => dashboards().map(({ name }) => name).sort();
const posts = () => on.sandbox.journal.of('POST');

test('a dashboard whose answer is lost is made once', async () => {
	on.sandbox.faults.add({ match: { path: '/dashboards/' }, reset: 'after', times: Infinity });
	const { error } = await on.run('dashboard.create', create, { items: [{ name: 'North' }], retryOnFail });

	expect(error).toBeDefined();
	expect(posts()).toHaveLength(1);
	expect(dashboards()).toHaveLength(1);
});

test.each(['continueRegularOutput', 'continueErrorOutput'] as const)('each once, when the node goes on (%s)', async (onError) => {
	on.sandbox.faults.add({ match: { path: '/dashboards/' }, reset: 'after', times: Infinity });
	const result = await on.run('dashboard.create', create, { items, retryOnFail, onError });

	expect(namesOfDashboards()).toEqual(['East', 'North', 'South']);
	expect([...result.items, ...result.errorItems].map((item) => result.pairedInput(item)).sort()).toEqual([0, 1, 2]);
});

test('those that are made already come out with the next try, and are not made again', async () => {
	on.sandbox.faults.add({ match: { path: '/dashboards/' }, delayMs: 200, status: 400, body: { name: ['Try that again.'] } });
	const { error, items: made } = await on.run('dashboard.create', create, { items, retryOnFail });

	expect(error).toBeUndefined();
	expect(namesOfDashboards()).toEqual(['East', 'North', 'South']);
	expect(made.map(({ json }) => json.name)).toEqual(['North', 'South', 'East']);
	expect(made.map(({ json }) => String(json.id)).sort()).toEqual(idsOf(dashboards()).sort());
});

test('an AI agent that asks for the same dashboard twice gets two', async () => {
	const run = await runWorkflow({
		credential: on.credential(),
		items: [{ inputs: [{ name: 'North' }, { name: 'North' }] }],
		nodes: [
			plainNode('Start', startType),
			plainNode('Agent', agentType),
			{ ...plainNode('ClariBI', `${defaultType}Tool`), parameters: { resource: 'dashboard', operation: 'create', name: "={{ $fromAI('name', '', 'string') }}" } },
		],
		connections: {
			Start: { main: [[connectTo('Agent')]] },
			ClariBI: { ai_tool: [[connectTo('Agent', 'ai_tool')]] },
		},
	});

	expect(only(run.node('Agent').items).json.responses).toHaveLength(2);
	expect(dashboards()).toHaveLength(2);
});
