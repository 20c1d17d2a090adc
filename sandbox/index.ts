/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error */
import { setTimeout as wait } from 'node:timers/promises';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { SandboxContext } from './context';
import { Credits } from './credits';
import type { LedgerEntry } from './credits';
import { Faults } from './faults';
import type { Id } from './ids';
import { API_PREFIX, Journal } from './journal';
import { liveOptions } from './options';
import type { LiveOptions, SandboxOptions } from './options';
import { RateLimiter } from './rateLimit';
import { ReportFiles } from './reportFile';
import { apiServer, storageServer } from './server';
import { SignedLinks } from './signedLinks';
import { Store } from './store';

export { SANDBOX_KEYS } from './keys';
export type { Fault, FaultAction, FaultMatch, Faults } from './faults';
export type { Journal, JournalEntry } from './journal';
export type { LedgerEntry } from './credits';
export type { LiveOptions, SandboxOptions, GenerationOptions, DownloadOptions, HonourOptions } from './options';
export type { Dashboard, DataSource, Report } from './rows';
export type { Store } from './store';
export type { KeyName, Limits, Permission, Tier } from './keys';

const HOST = '127.0.0.1';

/** A running stand-in for ClariBI's API v1. */
export interface Sandbox {
	/** Base URL, e.g. `http://127.0.0.1:8787/api/v1`. */
	url: string;
	/** e.g. `http://127.0.0.1:8787`. */
	origin: string;
	/** A second server that stands for object storage. */
	storageOrigin: string;
	/** May be changed while it runs. */
	options: LiveOptions;
	journal: Journal;
	faults: Faults;
	store: Store;
	/** Every charge, oldest first. */
	ledger: LedgerEntry[];
	/** The bytes that a download of this report answers. Throws when there is no such report. */
	fileOf: (reportId: Id) => Promise<Buffer>;
	/** Closes both servers and all their sockets at once. */
	stop: () => Promise<void>;
}

/**
 * Starts a sandbox on loopback. Any number can run side by side; they share nothing.
 * @throws the server's own failure when the port is taken (`code` is `EADDRINUSE`)
 */
export async function startSandbox(given: SandboxOptions = {}): Promise<Sandbox> {
	const options = liveOptions(given);
	const credits = new Credits(options.credits);
	const store = new Store(options, credits);
	const stopped = new AbortController();
	const context: SandboxContext = {
		options,
		store,
		credits,
		journal: new Journal(() => options.journalLimit),
		faults: new Faults(),
		limiter: new RateLimiter(options),
		files: new ReportFiles(() => options.download),
		links: new SignedLinks(),
		address: { origin: '', storageOrigin: '' },
		pause: async (ms) => {
			if (ms > 0) await wait(ms, undefined, { signal: stopped.signal });
		},
	};
	const servers = [apiServer(context), storageServer(context)] as const;
	const stop = async (): Promise<void> => {
		for (const { server } of servers) server.closeAllConnections();
		stopped.abort();
		await Promise.all(servers.map(async (server) => await server.close()));
	};
	try {
		context.address.origin = await listen(servers[0], options.port ?? 0);
		context.address.storageOrigin = await listen(servers[1], 0);
	} catch (error) {
		await stop();
		throw error;
	}
	const { origin, storageOrigin } = context.address;
	return {
		url: `${origin}${API_PREFIX}`,
		origin,
		storageOrigin,
		options,
		journal: context.journal,
		faults: context.faults,
		store,
		ledger: credits.ledger,
		fileOf: async (reportId) => {
			const report = store.getReport(reportId);
			if (!report) throw new Error(`The sandbox has no report with ID ${reportId}`);
			const { body } = await context.files.fileFor(report);
			const chunks: Buffer[] = [];
			for await (const chunk of Buffer.isBuffer(body) ? [body] : body) chunks.push(chunk as Buffer);
			return Buffer.concat(chunks);
		},
		stop,
	};
}

async function listen(server: FastifyInstance, port: number): Promise<string> {
	await server.listen({ host: HOST, port });
	return `http://${HOST}:${(server.server.address() as AddressInfo).port}`;
}
