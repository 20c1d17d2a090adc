import type { INode } from 'n8n-workflow';
import { idOf } from '../client/answers/identity';
import { isRecord } from '../client/answers/isRecord';
import { fieldError, shown } from './readField';

/**
 * A list of ids from whatever a field, an expression or an agent gave: a list, a text with commas, JSON as text, single
 * ids, and objects that have one. Blanks and repetitions are dropped.
 *
 * @throws NodeOperationError naming the field when a part of it is not an id: the report would be paid for without it
 */
export function readIdList(node: INode, value: unknown, label: string): string[] {
	const ids = idsIn(value, (part) => {
		throw fieldError(node, `The field ${label} contains something that is not an ID`, `It is ${shown(part)}. Enter IDs, separated by commas, or choose from the list.`);
	});
	return [...new Set(ids)];
}

function idsIn(value: unknown, refuse: (part: unknown) => never): string[] {
	if (value === null || value === undefined) return [];
	if (Array.isArray(value)) return value.flatMap((part) => idsIn(part, refuse));
	if (isRecord(value)) {
		const id = '__rl' in value ? value.value : (idOf(value) ?? value.value);
		return typeof id === 'string' || typeof id === 'number' ? idsIn(id, refuse) : refuse(value);
	}
	if (typeof value === 'number') return [String(value)];
	if (typeof value !== 'string') return refuse(value);
	const json = /^\s*[[{]/.test(value) ? parsed(value) : undefined;
	if (json !== undefined) return idsIn(json, refuse);
	return value.split(',').map((part) => part.trim()).filter((part) => part !== '');
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		// Not JSON after all: it is read as a text with commas.
		return undefined;
	}
}
