import type { Logger } from 'n8n-workflow';
import { describeAll } from './describeAll';
import { currentRecord } from './runRecord';

/**
 * Takes the place of n8n's logger at level debug and writes each entry, details included, to the record of the run that
 * logs. Stricter than n8n's console format, which leaves out most details: what is not in here is in no n8n log.
 */
export class RunLogger implements Logger {
	scoped(): RunLogger {
		return this;
	}

	error(message: string, metadata?: object): void {
		this.write('error', message, metadata);
	}

	warn(message: string, metadata?: object): void {
		this.write('warn', message, metadata);
	}

	info(message: string, metadata?: object): void {
		this.write('info', message, metadata);
	}

	debug(message: string, metadata?: object): void {
		this.write('debug', message, metadata);
	}

	private write(level: string, message: string, metadata?: object): void {
		const record = currentRecord();
		if (record === undefined) return;
		const details = metadata === undefined ? '' : ` ${describeAll(metadata)}`;
		record.log.push(`${level} ${message}${details}`);
	}
}
