import type { INodeProperties, INodeType, INodeTypeDescription } from 'n8n-workflow';

/**
 * The twin of a node that n8n's server offers to AI agents: no main input, an `ai_tool` output, and a description for the
 * model that is made from resource and operation unless the user writes one.
 *
 * @throws TypeError when the node does not say `usableAsTool`, as n8n refuses such a node.
 */
export function createToolTwin(nodeType: INodeType): INodeType {
	const { usableAsTool, ...own } = nodeType.description;
	if (!usableAsTool) throw new TypeError(`${own.name} cannot be used as a tool`);
	const described: INodeTypeDescription = {
		...own,
		...(typeof usableAsTool === 'object' ? usableAsTool.replacements : {}),
	};
	const description: INodeTypeDescription = {
		...described,
		name: `${described.name}Tool`,
		displayName: `${described.displayName} Tool`,
		inputs: [],
		outputs: ['ai_tool'],
		properties: [...descriptionFields(described), ...described.properties],
	};
	return Object.create(nodeType, { description: { value: description } }) as INodeType;
}

function descriptionFields(described: INodeTypeDescription): INodeProperties[] {
	const names = described.properties.map((property) => property.name);
	if (names.includes('toolDescription')) return [];
	const text: INodeProperties = {
		displayName: 'Description',
		name: 'toolDescription',
		type: 'string',
		default: described.description,
		required: true,
	};
	if (!names.includes('resource') && !names.includes('operation')) return [text];
	return [
		{
			displayName: 'Tool Description',
			name: 'descriptionType',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Set Automatically', value: 'auto' },
				{ name: 'Set Manually', value: 'manual' },
			],
			default: 'auto',
		},
		{ ...text, displayOptions: { show: { descriptionType: ['manual'] } } },
	];
}
