import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Credits } from './access/credits';
import type { LedgerEntry } from './access/credits';
import { RateLimiter } from './access/rateLimit';
import type { Id } from './data/rows';
import { Store } from './data/store';
import { Faults } from './faults/faults';
import { ReportFiles } from './files/reportFile';
import { SignedLinks } from './files/signedLinks';
import { Connections } from './http/connections';
import { API_PREFIX, Journal } from './http/journal';
import { secureServer } from './http/secureServer';
import { handlerOf, newServer } from './http/server';
import type { SandboxContext } from './context';
import { liveOptions } from './options';
import type { LiveOptions, SandboxOptions } from './options';

export { SANDBOX_KEYS } from './access/keys';
export type { Fault, FaultAction, FaultMatch, Faults } from './faults/faults';
export type { Journal, JournalEntry } from './http/journal';
export type { Connections } from './http/connections';
export type { LedgerEntry } from './access/credits';
export type { LiveOptions, SandboxOptions, GenerationOptions, DownloadOptions, HonourOptions, ListOrder } from './options';
export type { Dashboard, DataSource, Report } from './data/rows';
export type { Store } from './data/store';
export type { KeyName, Limits, Permission, Tier } from './access/keys';

const HOST = '127.0.0.1';

type Server = HttpServer | HttpsServer;

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
	/** The sockets that clients hold open, of all servers. */
	connections: Connections;
	faults: Faults;
	store: Store;
	/** Every charge, oldest first. */
	ledger: LedgerEntry[];
	/** The bytes of this report's file, as an uncompressed download has them. Throws when there is no such report. */
	fileOf: (reportId: Id) => Promise<Buffer>;
	/** The API over https, on another port, with a self-signed certificate (PEM). */
	secure: () => Promise<{ url: string; certificate: string }>;
	/** Closes all servers and all their sockets at once. */
	stop: () => Promise<void>;
}

/**
 * Starts a sandbox on loopback. Any number can run side by side; they share nothing but the code of their routes.
 * @throws the server's own failure when the port is taken (`code` is `EADDRINUSE`)
 */
export async function startSandbox(given: SandboxOptions = {}): Promise<Sandbox> {
	const options = liveOptions(given);
	const credits = new Credits(options.credits);
	const store = new Store(options, credits);
	const stopped = new AbortController();
	// As many pauses as there are requests under way listen to it.
	setMaxListeners(0, stopped.signal);
	const context: SandboxContext = {
		options,
		store,
		credits,
		journal: new Journal(() => options.journalLimit),
		connections: new Connections(),
		faults: new Faults(),
		limiter: new RateLimiter(options),
		files: new ReportFiles(() => options.download),
		links: new SignedLinks(),
		address: { origin: '', storageOrigin: '' },
		pause: async (ms) => {
			if (ms > 0) await wait(ms, undefined, { signal: stopped.signal });
		},
	};
	const handler = await handlerOf('api', context);
	const api = newServer(handler);
	const storage = newServer(await handlerOf('storage', context));
	const servers: Server[] = [api, storage];
	let secured: Promise<{ url: string; certificate: string }> | undefined;
	const stop = async (): Promise<void> => {
		await secured;
		// In this order: what is paused must have nobody left to answer.
		for (const server of servers) server.closeAllConnections();
		stopped.abort();
		await Promise.all(servers.map(close));
	};
	const open = async (server: Server, port: number): Promise<void> => {
		context.connections.watch(server);
		await listen(server, port);
	};
	try {
		await open(api, options.port ?? 0);
		await open(storage, 0);
	} catch (error) {
		await stop();
		throw error;
	}
	context.address.origin = `http://${HOST}:${portOf(api)}`;
	context.address.storageOrigin = `http://${HOST}:${portOf(storage)}`;
	const { origin, storageOrigin } = context.address;
	return {
		url: `${origin}${API_PREFIX}`,
		origin,
		storageOrigin,
		options,
		journal: context.journal,
		connections: context.connections,
		faults: context.faults,
		store,
		ledger: credits.ledger,
		fileOf: async (reportId) => {
			const report = store.getReport(reportId);
			if (!report) throw new Error(`The sandbox has no report with ID ${reportId}`);
			return await context.files.plainBytesOf(report);
		},
		secure: async () => {
			secured ??= secureServer(handler).then(async ({ server, certificate }) => {
				servers.push(server);
				await open(server, 0);
				return { certificate, url: `https://${HOST}:${portOf(server)}${API_PREFIX}` };
			});
			return await secured;
		},
		stop,
	};
}

async function listen(server: Server, port: number): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, HOST, resolve);
	});
}

async function close(server: Server): Promise<void> {
	await new Promise<void>((resolve) => server.close(() => resolve()));
}

function portOf(server: Server): number {
	return (server.address() as AddressInfo).port;
}
