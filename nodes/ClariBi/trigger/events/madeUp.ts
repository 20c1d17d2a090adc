import type { IDataObject } from 'n8n-workflow';

/** An example where nothing of the kind has happened yet: something real, changed to look like the event, and marked so. */
export function madeUp(real: IDataObject, changes: IDataObject): IDataObject {
	return { ...real, ...changes, sample: true };
}
