import type { FastifyInstance } from 'fastify';
import type { Tier } from '../access/keys';
import { ORGANISATIONS } from '../access/keys';
import type { Fault, FaultMatch } from '../faults/faults';
import type { SandboxOptions } from '../options';
import { notFound } from './errors';
import { API_PREFIX } from './journal';
import { bodyOf, idOf, queryOf } from './requestParts';

export const CONTROL_PREFIX = '/sandbox';

const MAX_JOURNAL_ENTRIES = 10_000;

/** The same as the in-process interface, for other processes: journal, faults, options, rows and credits over HTTP, without a key. */
export function controlRoutes(app: FastifyInstance): void {
	app.get('/state', ({ sandbox }) => {
		const { store, credits, journal, connections, faults, address } = sandbox;
		return {
			url: `${address.origin}${API_PREFIX}`,
			storageOrigin: address.storageOrigin,
			counts: store.counts(),
			credits: Object.fromEntries(Object.keys(ORGANISATIONS).map((tier) => [tier, credits.get(tier as Tier)])),
			ledger: {
				charges: credits.ledger.length,
				credits: credits.ledger.reduce((total, charge) => total + charge.credits, 0),
			},
			requests: journal.entries.length,
			connections: { open: connections.open, most: connections.most },
			faults: faults.list().length,
		};
	});

	app.get('/ledger', ({ sandbox }) => sandbox.credits.ledger);

	app.get('/journal', (request) => {
		const since = Number(queryOf(request).since ?? 0);
		return request.sandbox.journal.entries.filter(({ seq }) => seq > since).slice(0, MAX_JOURNAL_ENTRIES);
	});
	app.delete('/journal', ({ sandbox }, reply) => {
		sandbox.journal.clear();
		return reply.code(204).send();
	});

	app.get('/faults', ({ sandbox }) =>
		sandbox.faults.list().map(({ id, fault, skipLeft, timesLeft }) => ({ id, skipLeft, timesLeft: timesAsJson(timesLeft), fault: faultAsJson(fault) })),
	);
	app.post('/faults', (request, reply) => reply.code(201).send({ id: request.sandbox.faults.addWithId(faultOfJson(bodyOf(request))) }));
	app.delete('/faults', ({ sandbox }, reply) => {
		sandbox.faults.clear();
		return reply.code(204).send();
	});
	app.delete('/faults/:id', (request, reply) => {
		if (!request.sandbox.faults.remove(Number(idOf(request)))) throw notFound(`There is no fault ${idOf(request)}`);
		return reply.code(204).send();
	});

	app.get('/options', ({ sandbox }) => sandbox.options);
	app.patch('/options', (request) => {
		const { options } = request.sandbox;
		mergeOptions(options, bodyOf(request));
		return options;
	});

	app.put('/credits', (request) => {
		const { remaining, tier } = bodyOf(request) as { remaining: number; tier?: Tier };
		request.sandbox.credits.set(remaining, tier);
		return { remaining };
	});

	app.post('/reports', (request, reply) => reply.code(201).send(request.sandbox.store.addReport(bodyOf(request))));
	app.patch('/reports/:id', (request) => {
		const { store } = request.sandbox;
		const { id, status } = found('report', idOf(request), store.getReport(idOf(request)));
		const changes = bodyOf(request);
		return store.setReportStatus(id, typeof changes.status === 'string' ? changes.status : status, changes);
	});
	app.delete('/reports/:id', (request, reply) => {
		if (!request.sandbox.store.deleteReport(idOf(request))) throw notFound(`There is no report ${idOf(request)}`);
		return reply.code(204).send();
	});

	app.post('/dashboards', (request, reply) => reply.code(201).send(request.sandbox.store.addDashboard(bodyOf(request))));
	app.patch('/dashboards/:id', (request) => {
		const { store } = request.sandbox;
		const { id } = found('dashboard', idOf(request), store.getDashboard(idOf(request)));
		return store.touchDashboard(id, bodyOf(request));
	});
	app.delete('/dashboards/:id', (request, reply) => {
		if (!request.sandbox.store.deleteDashboard(idOf(request))) throw notFound(`There is no dashboard ${idOf(request)}`);
		return reply.code(204).send();
	});

	app.post('/data-sources', (request, reply) => reply.code(201).send(request.sandbox.store.addDataSource(bodyOf(request))));
	app.patch('/data-sources/:id', (request) => {
		const { store } = request.sandbox;
		const { id } = found('data source', idOf(request), store.getDataSource(idOf(request)));
		return store.setDataSourceStatus(id, String(bodyOf(request).status));
	});
	app.delete('/data-sources/:id', (request, reply) => {
		if (!request.sandbox.store.deleteDataSource(idOf(request))) throw notFound(`There is no data source ${idOf(request)}`);
		return reply.code(204).send();
	});
}

function found<T>(kind: string, id: string, row: T | undefined): T {
	if (row === undefined) throw notFound(`There is no ${kind} ${id}`);
	return row;
}

// Groups such as `generation` are merged member by member, so that one can be changed alone.
function mergeOptions(options: SandboxOptions, changes: SandboxOptions): void {
	const target = options as Record<string, unknown>;
	for (const [name, value] of Object.entries(changes)) {
		const isGroup = typeof value === 'object' && value !== null;
		target[name] = isGroup ? { ...(target[name] as object | undefined), ...value } : value;
	}
}

/** JSON knows neither patterns nor Infinity: `match.pathPattern` and `times: "always"` stand for them. */
function faultOfJson(json: Record<string, unknown>): Fault {
	const { match = {}, times, ...action } = json as { match?: FaultMatch & { pathPattern?: string }; times?: number | 'always' };
	const { pathPattern, ...rest } = match;
	return {
		...action,
		match: pathPattern === undefined ? rest : { ...rest, path: new RegExp(pathPattern) },
		...(times === undefined ? {} : { times: times === 'always' ? Infinity : times }),
	};
}

function faultAsJson({ match, times = 1, ...fault }: Fault): object {
	const path = match?.path === undefined ? {} : { path: String(match.path) };
	return { ...fault, times: timesAsJson(times), match: { ...match, ...path } };
}

function timesAsJson(times: number): number | 'always' {
	return times === Infinity ? 'always' : times;
}
