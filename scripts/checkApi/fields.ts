import type { Contract, Schema } from '../contract/contract';
import { readContract } from '../contract/readContract';
import type { Verdict } from './assumption';
import { breaks, differs, holds } from './assumption';
import { isRow, namesOf } from './seen';

/** Times have assumptions of their own. */
const TIME = /_at$/;

let contract: Contract | undefined;

/** A schema of the contract. */
export function schemaOf(name: string): Schema {
	contract ??= readContract();
	const schema = contract.components.schemas[name];
	if (!schema) throw new Error(`The contract has no schema ${name}`);
	return schema;
}

/**
 * Which fields the contract has and the answers lack, and the other way round.
 *
 * @param vital fields without which the node does not work, and what of it does not
 */
export function compareFields(answers: Array<[schema: string, value: unknown]>, vital: Record<string, string> = {}): Verdict {
	const lacking = new Set<string>();
	const instead = new Set<string>();
	const beyond = new Set<string>();
	for (const [name, value] of answers) compare(schemaOf(name), value, '', { lacking, instead, beyond });
	const seen = [
		...(lacking.size > 0 ? [`lacking: ${namesOf([...lacking])}`] : []),
		...(instead.size > 0 ? [`under another name: ${namesOf([...instead])}`] : []),
		...(beyond.size > 0 ? [`not in the contract: ${namesOf([...beyond])}`] : []),
	].join('; ');
	const missed = Object.keys(vital).find((field) => lacking.has(field));
	if (missed !== undefined) return breaks(seen, vital[missed] ?? '');
	return seen === '' ? holds() : differs(seen, 'puts out what is there, under ClariBI’s own names');
}

interface Differences {
	lacking: Set<string>;
	instead: Set<string>;
	beyond: Set<string>;
}

function compare({ properties, items }: Schema, value: unknown, path: string, found: Differences): void {
	if (Array.isArray(value) && items) {
		if (value.length > 0) compare(items, value[0], path, found);
		return;
	}
	if (!properties || !isRow(value)) return;
	const main = Object.entries(properties).filter(([, schema]) => schema['x-instead-of'] === undefined);
	for (const [name, schema] of main) {
		const at = path + name;
		const other = Object.keys(properties).find((alias) => properties[alias]?.['x-instead-of'] === name && alias in value);
		if (name in value) compare(schema, value[name], `${at}.`, found);
		else if (other !== undefined) found.instead.add(at);
		else if (!TIME.test(name)) found.lacking.add(at);
	}
	for (const name of Object.keys(value)) if (!(name in properties)) found.beyond.add(path + name);
}
