import type { FastifyInstance, FastifyRequest } from 'fastify';
import { keyOfRequest } from '../access/authenticate';
import { CREDITS_PER_REFRESH } from '../access/credits';
import type { Dashboard } from '../data/rows';
import { withTimestamps } from '../data/timestamps';
import { ApiError, fieldErrors, notFound } from '../http/errors';
import { listAnswer } from '../http/lists';
import { bodyOf, idOf } from '../http/requestParts';

/** Set by the server; a client's values for them are ignored. */
const SERVER_FIELDS = ['id', 'url', 'widgets', 'created_at', 'updated_at', 'last_refreshed_at'];

/** The endpoints of the guide's "Dashboards". */
export function dashboardRoutes(app: FastifyInstance): void {
	app.get('/dashboards/', { config: { permission: 'dashboards:read' } }, (request, reply) =>
		reply.send(
			listAnswer({
				request,
				rows: request.sandbox.store.allDashboards(),
				filters: ['status'],
				show: ({ widgets, ...dashboard }) => ({ ...dashboard, widget_count: widgets.length }),
			}),
		),
	);

	app.post('/dashboards/', { config: { permission: 'dashboards:create' } }, (request, reply) => {
		const fields = writableFields(bodyOf(request));
		const errors = textErrors(fields);
		if (fields.name === undefined) errors.name = ['This field is required.'];
		if (Object.keys(errors).length > 0) throw fieldErrors(errors);
		const { store, options } = request.sandbox;
		const dashboard = store.addDashboard({ description: '', widgets: [], ...fields });
		return reply.code(201).send(withTimestamps(dashboard, options));
	});

	app.get('/dashboards/:id/', { config: { permission: 'dashboards:read' } }, (request, reply) =>
		reply.send(withTimestamps(existing(request), request.sandbox.options)),
	);

	app.patch('/dashboards/:id/', { config: { permission: 'dashboards:update' } }, (request, reply) => {
		const { store, options } = request.sandbox;
		const { id } = existing(request);
		const fields = writableFields(bodyOf(request));
		if (Object.keys(fields).length === 0) {
			throw new ApiError(400, { error: 'Invalid parameters', message: 'No fields to update were given', status: 400 });
		}
		const errors = textErrors(fields);
		if (Object.keys(errors).length > 0) throw fieldErrors(errors);
		return reply.send(withTimestamps(store.touchDashboard(id, fields), options));
	});

	app.post(
		'/dashboards/:id/refresh/',
		{ config: { permission: 'dashboards:refresh', requestClass: 'generation' } },
		(request, reply) => {
			const { store, options, credits } = request.sandbox;
			const key = keyOfRequest(request);
			const { id } = existing(request);
			const cost = options.refreshCredits ?? CREDITS_PER_REFRESH;
			credits.assertAffordable(key, cost);
			credits.charge(key, { kind: 'refresh', id, credits: cost, requestId: request.entry?.seq ?? 0 });
			const { status, last_refreshed_at } = store.refreshDashboard(id);
			if (options.refreshAnswer === 'noContent') return reply.code(204).send();
			if (options.refreshAnswer === 'empty') return reply.send('');
			return reply.send(withTimestamps({ id, status, last_refreshed_at, credits_consumed: cost }, options));
		},
	);

	app.delete('/dashboards/:id/', { config: { permission: 'dashboards:delete' } }, (request, reply) => {
		request.sandbox.store.deleteDashboard(existing(request).id);
		return reply.code(204).send();
	});
}

function existing(request: FastifyRequest): Dashboard {
	const id = idOf(request);
	const dashboard = request.sandbox.store.getDashboard(id);
	if (!dashboard) throw notFound(`Dashboard with ID ${id} not found`);
	return dashboard;
}

function writableFields(body: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(body).filter(([field]) => !SERVER_FIELDS.includes(field)));
}

function textErrors({ name, description }: Record<string, unknown>): Record<string, string[]> {
	const errors: Record<string, string[]> = {};
	if (name !== undefined && typeof name !== 'string') errors.name = ['Not a valid string.'];
	else if (name?.trim() === '') errors.name = ['This field may not be blank.'];
	if (description !== undefined && typeof description !== 'string') errors.description = ['Not a valid string.'];
	return errors;
}
