import { NodeOperationError } from 'n8n-workflow';
import type { IExecutePaginationFunctions, IPollFunctions } from 'n8n-workflow';

type FieldReader = IExecutePaginationFunctions | IPollFunctions;

/**
 * A number from a field; expressions and agents may give it as text.
 *
 * @param parameter its path, e.g. `options.maxWait`
 * @param least the smallest value that makes sense
 * @throws NodeOperationError naming the field when it holds something else than a number
 */
export function readNumber(
	caller: FieldReader,
	parameter: string,
	label: string,
	fallback: number,
	least = 0,
): number {
	const value = caller.getNodeParameter(parameter, fallback);
	if (value === '' || value === null) return fallback;
	const number = typeof value === 'number' ? value : Number(typeof value === 'string' ? value.trim() : NaN);
	if (Number.isFinite(number) && number >= least) return number;
	throw new NodeOperationError(caller.getNode(), `The field ${label} needs a number from ${least} up`, {
		itemIndex: 'getItemIndex' in caller ? caller.getItemIndex() : undefined,
		description: `It holds “${String(value).slice(0, 80)}”. Enter a number, or correct the expression that fills the field.`,
	});
}

/** A switch from a field: the text "false" of an expression or agent is no yes. */
export function readBoolean(caller: FieldReader, parameter: string, fallback: boolean): boolean {
	const value = caller.getNodeParameter(parameter, fallback);
	return typeof value === 'string' ? /^(true|yes|1)$/i.test(value.trim()) : Boolean(value);
}
