import { Workflow } from 'n8n-workflow';
import type { INodeParameters, INodeType, INodeTypes, IVersionedNodeType } from 'n8n-workflow';
import { ClariBi } from '../../nodes/ClariBi/ClariBi.node';

/** What the editor says before a run, evaluated as the editor does it: with the node's fields and its input items. */

const type: INodeType = new ClariBi();
const nodeTypes = { getByNameAndVersion: () => type, getByName: (): INodeType | IVersionedNodeType => type, getKnownTypes: () => ({}) } satisfies INodeTypes;

function hintsFor(parameters: INodeParameters, count: number): string[] {
	const node = { id: '1', name: 'ClariBI', type: 'n8n-nodes-claribi.clariBi', typeVersion: 1, position: [0, 0] as [number, number], parameters };
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const items = Array.from({ length: count }, (_, index) => ({ json: { index } }));
	const isShown = (condition: string) => {
		try {
			return workflow.expression.getParameterValue(condition, null, 0, 0, 'ClariBI', items, 'manual', {}) === true;
		} catch {
			// The editor takes a condition that it cannot evaluate for one that does not hold.
			return false;
		}
	};
	const shown = (type.description.hints ?? []).filter(({ displayCondition = '' }) => isShown(displayCondition));
	return shown.map(({ message }) => message.replace(/<\/?b>/g, ''));
}

const COST = expect.stringMatching(/^Every input item costs credits\..*Execute Once under Settings/) as string;
const REPORTS = expect.stringMatching(/Reports at Once/) as string;
const DASHBOARDS = expect.stringMatching(/Refreshes at Once/) as string;

const generate = (options: INodeParameters = {}) => ({ resource: 'report', operation: 'generate', options });
const refresh = (options: INodeParameters = {}) => ({ resource: 'dashboard', operation: 'refresh', options });

test.each<[string, INodeParameters, number, string[]]>([
	['nothing before a run of what is before', generate(), 0, []],
	['nothing for one item', generate(), 1, []],
	['the cost of several', generate(), 2, [COST]],
	['the cost of ten', generate(), 10, [COST]],
	['what makes more than ten faster', generate(), 11, [COST, REPORTS]],
	['not what is done already', generate({ atOnce: 3 }), 50, [COST]],
	['not what is done by an expression', generate({ atOnce: '={{ 2 + 1 }}' }), 50, [COST]],
	['not what Minimum Credits forbids', generate({ minimumCredits: 100 }), 50, [COST]],
	['the cost of refreshing', refresh(), 2, [COST]],
	['what makes refreshing faster', refresh(), 11, [COST, DASHBOARDS]],
	['nothing for what is free', { resource: 'report', operation: 'getAll' }, 50, []],
	['nothing for a deletion', { resource: 'dashboard', operation: 'delete' }, 50, []],
])('%s', (_, parameters, count, expected) => {
	expect(hintsFor(parameters, count)).toEqual(expected);
});

test('all of them are seen before a run only', () => {
	expect(new Set(type.description.hints?.map(({ whenToDisplay }) => whenToDisplay))).toEqual(new Set(['beforeExecution']));
});
