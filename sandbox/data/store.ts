import type { Credits } from '../access/credits';
import type { LiveOptions } from '../options';
import { Collection } from './collection';
import type { Progress } from './generation';
import { advance } from './generation';
import { NewRows } from './newRows';
import type { Dashboard, DataSource, Id, Report } from './rows';
import { coarsen } from './timestamps';

const SEEDED_ROWS = 3;
const MINUTE_MS = 60_000;

/** The rows behind the API. Tests change them directly; every method answers the row as it is stored. */
export class Store {
	private readonly reports = new Collection<Report>();

	private readonly dashboards = new Collection<Dashboard>();

	private readonly dataSources = new Collection<DataSource>();

	/** Reports that still change over time, each with its plan. */
	private readonly running = new Map<string, { report: Report; progress: Progress }>();

	private nextChangeAt = Infinity;

	private readonly newRows: NewRows;

	constructor(
		private readonly options: LiveOptions,
		readonly credits: Credits,
	) {
		this.newRows = new NewRows(() => options.idStyle);
		this.seed();
	}

	/** How many rows of each kind there are. */
	counts(): { reports: number; dashboards: number; data_sources: number } {
		return { reports: this.allReports().size, dashboards: this.dashboards.size, data_sources: this.dataSources.size };
	}

	/**
	 * Adds a report, by default a completed one of this moment.
	 * @param partial fields to set; `created_at: undefined` or `null` leaves a timestamp out
	 */
	addReport(partial: Partial<Report> = {}): Report {
		const report = this.coarsen(this.newRows.report(partial));
		this.reports.add(report);
		return report;
	}

	/** Adds a report that changes over time. It is invisible until its `visibleAt`. */
	startReport(partial: Partial<Report>, progress: Progress): Report {
		const report = this.coarsen(this.newRows.report(partial));
		this.running.set(String(report.id), { report, progress });
		this.nextChangeAt = 0;
		if (progress.visibleAt <= Date.now()) this.reports.add(report);
		return report;
	}

	/**
	 * Sets a report's status and stops any change over time.
	 * @param extra further fields, e.g. `error_message` or an explicit `completed_at`
	 */
	setReportStatus(id: Id, status: string, extra: Partial<Report> = {}): Report {
		const running = this.running.get(String(id));
		const report = known('report', id, this.reports.get(id) ?? running?.report);
		this.running.delete(String(id));
		const now = new Date().toISOString();
		Object.assign(report, { status, updated_at: now, completed_at: status === 'completed' ? now : null }, extra);
		this.coarsen(report);
		if (this.reports.get(id) === undefined) this.reports.add(report);
		else this.reports.changed();
		return report;
	}

	/** Looks a report up as the API sees it now. */
	getReport(id: Id): Report | undefined {
		return this.allReports().get(id);
	}

	/** True when there was such a report. */
	deleteReport(id: Id): boolean {
		const wasRunning = this.running.delete(String(id));
		return this.reports.remove(id) !== undefined || wasRunning;
	}

	/** All visible reports, brought up to date. */
	allReports(): Collection<Report> {
		const now = Date.now();
		if (now >= this.nextChangeAt) this.advanceReports(now);
		return this.reports;
	}

	addDashboard(partial: Partial<Dashboard> = {}): Dashboard {
		const dashboard = this.coarsen(this.newRows.dashboard(partial));
		this.dashboards.add(dashboard);
		return dashboard;
	}

	/** Changes fields of a dashboard. `updated_at` becomes now unless it is among the changes. */
	touchDashboard(id: Id, changes: Partial<Dashboard> = {}): Dashboard {
		const dashboard = known('dashboard', id, this.dashboards.get(id));
		Object.assign(dashboard, { updated_at: new Date().toISOString() }, changes);
		this.coarsen(dashboard);
		this.dashboards.changed();
		return dashboard;
	}

	/** Marks a dashboard's data as fresh. Its own `updated_at` stays: only the data changed. */
	refreshDashboard(id: Id): Dashboard {
		const dashboard = known('dashboard', id, this.dashboards.get(id));
		dashboard.last_refreshed_at = new Date().toISOString();
		this.coarsen(dashboard);
		this.dashboards.changed();
		return dashboard;
	}

	getDashboard(id: Id): Dashboard | undefined {
		return this.dashboards.get(id);
	}

	/** True when there was such a dashboard. */
	deleteDashboard(id: Id): boolean {
		return this.dashboards.remove(id) !== undefined;
	}

	allDashboards(): Collection<Dashboard> {
		return this.dashboards;
	}

	addDataSource(partial: Partial<DataSource> = {}): DataSource {
		const dataSource = this.coarsen(this.newRows.dataSource(partial));
		this.dataSources.add(dataSource);
		return dataSource;
	}

	setDataSourceStatus(id: Id, status: string): DataSource {
		const dataSource = known('data source', id, this.dataSources.get(id));
		Object.assign(dataSource, { status, updated_at: new Date().toISOString() });
		this.coarsen(dataSource);
		this.dataSources.changed();
		return dataSource;
	}

	getDataSource(id: Id): DataSource | undefined {
		return this.dataSources.get(id);
	}

	/** True when there was such a data source. */
	deleteDataSource(id: Id): boolean {
		return this.dataSources.remove(id) !== undefined;
	}

	allDataSources(): Collection<DataSource> {
		return this.dataSources;
	}

	// Only unfinished reports are walked, and only when one of them is due.
	private advanceReports(now: number): void {
		this.nextChangeAt = Infinity;
		for (const [id, { report, progress }] of this.running) {
			const next = advance(report, progress, now, this.options.timestampStepMs);
			if (now < progress.visibleAt) {
				this.nextChangeAt = Math.min(this.nextChangeAt, progress.visibleAt);
				continue;
			}
			if (this.reports.get(id) === undefined) this.reports.add(report);
			if (next === undefined) this.running.delete(id);
			else this.nextChangeAt = Math.min(this.nextChangeAt, next);
		}
		this.reports.changed();
	}

	private seed(): void {
		const start = Date.now();
		const rows = (count: number | undefined, add: (partial: { created_at: string }) => void) => {
			const total = count ?? SEEDED_ROWS;
			for (let index = 0; index < total; index += 1) {
				add({ created_at: new Date(start - (total - index) * MINUTE_MS).toISOString() });
			}
		};
		rows(this.options.dataSources, (partial) => this.addDataSource(partial));
		rows(this.options.dashboards, (partial) => this.addDashboard(partial));
		rows(this.options.reports, (partial) => this.addReport(partial));
	}

	private coarsen<T extends Record<string, unknown>>(row: T): T {
		coarsen(row, this.options.timestampStepMs);
		return row;
	}
}

function known<T>(kind: string, id: Id, row: T | undefined): T {
	if (row === undefined) throw new Error(`The sandbox has no ${kind} with ID ${id}`);
	return row;
}
