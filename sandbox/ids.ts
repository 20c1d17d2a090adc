import type { SandboxOptions } from './options';

export type Id = string | number;
export type Kind = 'report' | 'dashboard' | 'dataSource';

const PREFIX: Record<Kind, string> = { report: 'r', dashboard: 'd', dataSource: 's' };
const UUID_START: Record<Kind, string> = { report: '5e9f0000', dashboard: 'da5b0000', dataSource: '50ce0000' };

/** The id of the n-th row of its kind: the same counter always gives the same id, and no two kinds share a UUID. */
export function makeId(kind: Kind, counter: number, style: SandboxOptions['idStyle']): Id {
	switch (style) {
		case 'integer':
			return counter;
		case 'prefixed':
			return `${PREFIX[kind]}_${counter}`;
		default:
			return `${UUID_START[kind]}-0000-4000-8000-${counter.toString(16).padStart(12, '0')}`;
	}
}
