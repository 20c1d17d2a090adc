import type { JournalEntry } from './journal';
import type { LiveOptions } from '../options';

/** A request to the API, and the answer to it once there is one. */
export interface Exchange {
	entry: JournalEntry;
	/** Those of the sandbox that it was sent to. */
	options: LiveOptions;
	/** Absent when the request has only arrived. An answer that a fault brings or changes is never shown. */
	answer?: {
		status: number;
		/** Names in lower case. */
		headers: Record<string, string>;
		/** Absent when the body is a file. */
		text?: string;
	};
}

type Observer = (exchange: Exchange) => void;

const observers = new Set<Observer>();

/**
 * Shows every exchange of every sandbox in this process: each request when it has been read, and again with its answer
 * just before that is sent. For checks that both are what the API's contract says.
 *
 * @returns ends it
 */
export function observeExchanges(observer: Observer): () => void {
	observers.add(observer);
	return () => observers.delete(observer);
}

/** Tells the observers. */
export function showExchange(exchange: Exchange): void {
	for (const observer of observers) observer(exchange);
}
