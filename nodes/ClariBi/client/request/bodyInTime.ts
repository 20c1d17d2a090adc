import type { Context } from './request';
import { discard } from './response';
import type { Response } from './response';
import { pause } from './stop';

/** Whose body it is, and until when it is wanted. */
export interface Reader {
	context: Context;
	/** Whether nobody wants it any more. */
	isAbandoned: () => boolean;
}

/**
 * Reads a body, and drops its connection when nobody wants it any more or when it takes too long; the reading fails then.
 * n8n's own time limit ends when the headers have arrived, so a stalled connection would keep the workflow waiting forever.
 *
 * @param ms for the whole body, in milliseconds
 */
export async function bodyInTime<T>({ context, isAbandoned }: Reader, response: Response, ms: number, read: () => Promise<T>): Promise<T> {
	let isOver = false;
	const dropLate = async () => {
		await pause(context, ms, () => isOver || isAbandoned());
		if (!isOver) discard(response);
	};
	// Stop ends the connection by itself.
	void dropLate().catch(() => undefined);
	try {
		return await read();
	} finally {
		isOver = true;
	}
}
