import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';
import { isRecord } from './isRecord';

const PLACES = ['options.customFields', 'additionalFields.customFields', 'updateFields.customFields'];

/**
 * The fields that a person adds to the body by hand, because ClariBI's documents do not list them: JSON that was typed,
 * or an object from an expression or an agent. They are merged last, so they win.
 *
 * @throws NodeOperationError that names the field, and where the JSON breaks
 */
export function readCustomFields(caller: IExecutePaginationFunctions): IDataObject {
	const value = PLACES.map((place) => caller.getNodeParameter(place, '')).find((given) => given !== '');
	if (value === undefined || value === null) return {};
	const fields = typeof value === 'string' ? parse(caller, value) : value;
	if (isRecord(fields)) return fields;
	throw new NodeOperationError(caller.getNode(), 'The field Custom Fields needs a JSON object', {
		itemIndex: caller.getItemIndex(),
		description: 'Write it in braces, e.g. {"title": "Sales in May"}.',
	});
}

function parse(caller: IExecutePaginationFunctions, text: string): unknown {
	if (text.trim() === '') return {};
	try {
		return JSON.parse(text);
	} catch (error) {
		throw new NodeOperationError(caller.getNode(), 'The field Custom Fields does not hold valid JSON', {
			itemIndex: caller.getItemIndex(),
			description: `${whereItBreaks(text, error)} Names and texts stand in double quotes, e.g. {"title": "Sales in May"}.`,
		});
	}
}

/** Node names the place in its message, differently in each version; a line and column serve a person best. */
function whereItBreaks(text: string, error: unknown): string {
	const message = error instanceof Error ? error.message : '';
	const position = /position (\d+)/.exec(message)?.[1];
	if (position === undefined) return `It ends too early: “…${text.trim().slice(-30)}”.`;
	const before = text.slice(0, Number(position));
	const line = before.split('\n').length;
	const column = before.length - before.lastIndexOf('\n');
	return `It breaks at line ${line}, column ${column}, near “${text.slice(Math.max(0, Number(position) - 15), Number(position) + 15).trim()}”.`;
}
