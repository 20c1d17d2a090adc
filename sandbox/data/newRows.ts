import { CREDITS_PER_REPORT } from '../access/credits';
import type { SandboxOptions } from '../options';
import type { Dashboard, DataSource, Id, Report, Widget } from './rows';

type Kind = 'report' | 'dashboard' | 'dataSource';

const SUBJECTS = ['Sales', 'Marketing', 'Finance', 'Support', 'Inventory'];
const SOURCE_KINDS = [
	{ type: 'database', engine: 'postgresql' },
	{ type: 'api', engine: 'google_analytics' },
	{ type: 'file', engine: 'csv' },
	{ type: 'database', engine: 'mysql' },
	{ type: 'api', engine: 'shopify' },
];
const WIDGETS: Array<Omit<Widget, 'id'>> = [
	{ type: 'kpi', title: 'Revenue this month' },
	{ type: 'line_chart', title: 'Revenue by week' },
	{ type: 'table', title: 'Best customers' },
];
/** The template of reports that nobody asked to generate. */
const SEED_TEMPLATE = { id: '7e3b1a90-0000-4000-8000-000000000001', name: 'Monthly sales' };


const PREFIX: Record<Kind, string> = { report: 'r', dashboard: 'd', dataSource: 's' };
const UUID_START: Record<Kind, string> = { report: '5e9f0000', dashboard: 'da5b0000', dataSource: '50ce0000' };


/** Makes rows with everything that the API shows of them, numbered by kind. What a caller gives replaces what is made up. */
export class NewRows {
	private readonly counters: Record<Kind, number> = { report: 0, dashboard: 0, dataSource: 0 };

	constructor(private readonly idStyle: () => SandboxOptions['idStyle']) {}

	/** A report, completed unless `partial` has another status. */
	report(partial: Partial<Report>): Report {
		const counter = this.count('report');
		const createdAt = createdAtOf(partial);
		const status = partial.status ?? 'completed';
		const templateId = partial.template_id ?? SEED_TEMPLATE.id;
		return {
			id: partial.id ?? this.makeId('report', counter),
			title: `Sales report ${serial(counter)}`,
			description: 'Revenue, orders and regions compared with the year before',
			status,
			output_format: 'pdf',
			template_id: templateId,
			template_name: templateName(templateId),
			data_source_ids: [],
			credits_consumed: CREDITS_PER_REPORT,
			error_message: null,
			created_at: createdAt,
			updated_at: createdAt,
			completed_at: status === 'completed' ? createdAt : null,
			...partial,
		};
	}

	dashboard(partial: Partial<Dashboard>): Dashboard {
		const counter = this.count('dashboard');
		const createdAt = createdAtOf(partial);
		const id = partial.id ?? this.makeId('dashboard', counter);
		return {
			id,
			name: `Dashboard ${serial(counter)}`,
			description: `${pick(SUBJECTS, counter)} at a glance`,
			status: 'active',
			url: `https://claribi.com/dashboards/${encodeURIComponent(id)}`,
			widgets: WIDGETS.map((widget, index) => ({ id: `w_${counter}_${index + 1}`, ...widget })),
			created_at: createdAt,
			updated_at: createdAt,
			last_refreshed_at: null,
			...partial,
		};
	}

	dataSource(partial: Partial<DataSource>): DataSource {
		const counter = this.count('dataSource');
		const createdAt = createdAtOf(partial);
		const name = partial.name ?? `Data source ${serial(counter)}`;
		return {
			id: partial.id ?? this.makeId('dataSource', counter),
			name,
			description: `Figures of ${name}`,
			...pick(SOURCE_KINDS, counter),
			status: 'active',
			last_synced_at: new Date().toISOString(),
			created_at: createdAt,
			updated_at: createdAt,
			...partial,
		};
	}

	/** The same counter always gives the same id, and no two kinds share a UUID. */
	private makeId(kind: Kind, counter: number): Id {
		switch (this.idStyle()) {
			case 'integer':
				return counter;
			case 'prefixed':
				return `${PREFIX[kind]}_${counter}`;
			default:
				return `${UUID_START[kind]}-0000-4000-8000-${counter.toString(16).padStart(12, '0')}`;
		}
	}

	private count(kind: Kind): number {
		this.counters[kind] += 1;
		return this.counters[kind];
	}
}

function createdAtOf(partial: { created_at?: string | null }): string | null | undefined {
	return 'created_at' in partial ? partial.created_at : new Date().toISOString();
}

/** What a template is called: a readable id in words, with a capital letter. A UUID that the sandbox does not know is named by its beginning. */
function templateName(id: string): string {
	if (id === SEED_TEMPLATE.id) return SEED_TEMPLATE.name;
	if (/^[0-9a-f]{8}-/i.test(id)) return `Template ${id.slice(0, 8)}`;
	return `${id.charAt(0).toUpperCase()}${id.slice(1)}`.replace(/[-_]/g, ' ');
}

function serial(counter: number): string {
	return String(counter).padStart(4, '0');
}

function pick<T>(values: readonly T[], counter: number): T {
	const value = values[(counter - 1) % values.length];
	if (value === undefined) throw new RangeError('Nothing to pick from');
	return value;
}
