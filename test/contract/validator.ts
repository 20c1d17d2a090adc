import Ajv2020 from 'ajv/dist/2020';
import type { ErrorObject, ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { Schema } from '../../scripts/contract/contract';
import { keepLine, lineOf } from '../../scripts/contract/readContract';

/** Something that is not as the contract says. */
export interface Finding {
	/** Without the name of the request, e.g. `results/0/created is not known`. */
	what: string;
	/** The field or header that it is about. */
	field: string;
	/** The line of the contract. */
	line?: number;
}

type Validator = (value: unknown) => Finding[];

const settings = { allErrors: true, verbose: true, strict: false } as const;
const body = addFormats(new Ajv2020(settings));
// Text from an address or a header stands for a number, too.
const query = addFormats(new Ajv2020({ ...settings, coerceTypes: true }));
const validators = { body: new WeakMap<Schema, Validator>(), query: new WeakMap<Schema, Validator>() };

/** A validator for which a field that the contract does not name is an error, too. */
export function validatorOf(schema: Schema, kind: 'body' | 'query'): Validator {
	let validator = validators[kind].get(schema);
	if (!validator) {
		const validate = (kind === 'body' ? body : query).compile(closed(schema));
		validator = (value) => (validate(value) ? [] : findingsOf(validate));
		validators[kind].set(schema, validator);
	}
	return validator;
}

/** The real ClariBI may send more than the contract names, so the contract leaves objects open; the sandbox may not. */
function closed(schema: Schema): Schema {
	const { properties, items, anyOf } = schema;
	return keepLine(schema, {
		...schema,
		...(properties && { properties: Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, closed(inner)])) }),
		...(properties && schema.additionalProperties === undefined && { additionalProperties: false }),
		...(items && { items: closed(items) }),
		...(anyOf && { anyOf: anyOf.map(closed) }),
	});
}

/** Of several alternatives, the one in which the deepest fields were reached is the one that was meant. */
function findingsOf({ errors }: ValidateFunction): Finding[] {
	const all = (errors ?? []).filter(({ keyword }) => keyword !== 'anyOf');
	const hasAlternatives = (errors ?? []).length > all.length;
	const deepest = Math.max(...all.map(depthOf));
	return (hasAlternatives ? all.filter((error) => depthOf(error) === deepest) : all).map(findingOf);
}

function depthOf({ instancePath }: ErrorObject): number {
	return instancePath.split('/').length;
}

function findingOf({ instancePath, keyword, params, message = 'is not valid', parentSchema }: ErrorObject): Finding {
	const at = instancePath.slice(1);
	const { missingProperty, additionalProperty } = params as Record<string, string | undefined>;
	const field = missingProperty ?? additionalProperty ?? instancePath.split('/').pop() ?? '';
	const path = [at, missingProperty ?? additionalProperty].filter(Boolean).join('/');
	const line = parentSchema && lineOf(parentSchema);
	if (missingProperty !== undefined) return { what: `${path} is missing`, field, line };
	if (additionalProperty !== undefined) return { what: `${path} is not known`, field, line };
	const known = keyword === 'enum' ? `: ${(params as { allowedValues: string[] }).allowedValues.join(', ')}` : '';
	return { what: `${path} ${message}${known}`.trim(), field, line };
}
