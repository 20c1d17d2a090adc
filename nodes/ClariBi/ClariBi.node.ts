import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { listSearch, loadOptions } from './methods';
import { resources } from './resources';
import { requestPipeline } from './transport/pipeline';
import { DEFAULT_BASE_URL } from './transport/request/baseUrl';

/** The action node: it only assembles. What is sent stands in `resources/`, how it is sent in `transport/`. */
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
		// The transport reads the credential's own, once: n8n would evaluate an expression twice for every item.
		requestDefaults: { baseURL: DEFAULT_BASE_URL },
		requestOperations: { pagination: requestPipeline },
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'API Key', value: 'apiKey', description: 'The key of this node’s credential' },
					{ name: 'Dashboard', value: 'dashboard', description: 'Live charts and figures on one page' },
					{ name: 'Data Source', value: 'dataSource', description: 'A database, file or service that ClariBI reads' },
					{ name: 'Report', value: 'report', description: 'A finished document, such as a PDF' },
					{ name: 'Usage', value: 'usage', description: 'Credits and request limits of your organization' },
				],
				default: 'report',
				description: 'What in ClariBI to work with',
				// Every operation shows this field, so every request goes through the pipeline.
				routing: { send: { paginate: true } },
			},
			...resources.flatMap(({ properties }) => properties),
		],
	};

	methods = { listSearch, loadOptions };
}
