export type Id = string | number;

/** A report as the API shows it. `null` or absent timestamps are possible. */
export interface Report {
	id: Id;
	title: string;
	description: string;
	status: string;
	output_format: string;
	template_id: string;
	template_name: string;
	data_source_ids: Id[];
	credits_consumed: number;
	/** Why it failed or was cancelled; null otherwise. */
	error_message: string | null;
	created_at?: string | null;
	updated_at?: string | null;
	completed_at?: string | null;
	[field: string]: unknown;
}

export interface Widget {
	id: string;
	type: string;
	title: string;
}

export interface Dashboard {
	id: Id;
	name: string;
	description: string;
	status: string;
	url: string;
	/** Shown by `GET /dashboards/{id}/` only. */
	widgets: Widget[];
	created_at?: string | null;
	updated_at?: string | null;
	last_refreshed_at?: string | null;
	[field: string]: unknown;
}

export interface DataSource {
	id: Id;
	name: string;
	description: string;
	type: string;
	engine: string;
	/** `active`, `paused` or `error`. */
	status: string;
	created_at?: string | null;
	updated_at?: string | null;
	last_synced_at?: string | null;
	[field: string]: unknown;
}
