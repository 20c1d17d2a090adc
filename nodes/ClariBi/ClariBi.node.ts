import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { itemPipeline } from './action/itemPipeline';
import { DEFAULT_BASE_URL } from './client/baseUrl';
import { listSearch, loadOptions } from './listSearch';
import { resources } from './resources';
import { builderHint } from './resources/builderHint';
import { costHints } from './resources/costHints';
import { toolDescriptionFields } from './resources/toolDescription';

/** The action node: it only assembles. `resources/` defines what is sent, `action/` processes each input item. */
export class ClariBi implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ClariBI',
		name: 'clariBi',
		icon: { light: 'file:../../icons/claribi.svg', dark: 'file:../../icons/claribi.dark.svg' },
		group: ['transform'],
		version: 1,
		// In words: "get many: data source" rather than "getAll: dataSource".
		subtitle:
			'={{ ($parameter["operation"] + ": " + $parameter["resource"]).replace("getAll", "get many").replace(/[A-Z]/g, " $&").toLowerCase() }}',
		description: 'Generate reports, refresh dashboards and watch credits in ClariBI',
		defaults: { name: 'ClariBI' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'clariBiApi', required: true }],
		hints: costHints,
		builderHint,
		// The client uses the credential's own, read once: n8n would evaluate an expression twice for every item.
		requestDefaults: { baseURL: DEFAULT_BASE_URL },
		requestOperations: { pagination: itemPipeline },
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: resources.map(({ name, value, description }) => ({ name, value, description })),
				default: 'report',
				description: 'The type of thing to work with in ClariBI',
				// Every operation shows this field, so every request goes through the pipeline.
				routing: { send: { paginate: true } },
			},
			...toolDescriptionFields,
			...resources.flatMap(({ properties }) => properties),
		],
	};

	methods = { listSearch, loadOptions };
}
