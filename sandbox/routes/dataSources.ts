import type { FastifyInstance } from 'fastify';
import type { DataSource } from '../data/rows';
import { withTimestamps } from '../data/timestamps';
import { notFound } from '../http/errors';
import { listAnswer } from '../http/lists';
import { idOf } from '../http/requestParts';

const ACTIVE = { key: 'active', accepts: (row: DataSource) => row.status === 'active' };

/** The read-only endpoints of the guide's "Data Sources". The list holds active ones; a detail shows any. */
export function dataSourceRoutes(app: FastifyInstance): void {
	const config = { permission: 'data_sources:read' } as const;

	app.get('/data-sources/', { config }, (request, reply) => {
		const { store, options } = request.sandbox;
		return reply.send(
			listAnswer({
				request,
				rows: store.allDataSources(),
				filters: ['status', 'type'],
				...(options.listInactiveSources ? {} : { only: ACTIVE }),
				show: (dataSource) => dataSource,
			}),
		);
	});

	app.get('/data-sources/:id/', { config }, (request, reply) => {
		const { store, options } = request.sandbox;
		const dataSource = store.getDataSource(idOf(request));
		if (!dataSource) throw notFound(`Data source with ID ${idOf(request)} not found`);
		return reply.send(withTimestamps(dataSource, options));
	});
}
