import type { INodeExecutionData } from 'n8n-workflow';
import { reasonOf } from '../../client/answers/reportStatus';
import { reportFilters } from './fields';
import { findEnded, newestEnded } from '../reports/endedReports';
import type { ReportsState } from '../reports/endedReports';
import type { ReportEnding } from '../reports/judgeReport';
import { inWords } from '../readDetails';
import { madeUp } from '../triggerEvent';
import type { Poll, TriggerEvent } from '../triggerEvent';

const failed: ReportEnding = {
	state: 'failed',
	status: 'failed',
	toOutcome: async (_poll, id, row) => ({
		item: { json: { ...row, report_id: id, failure_reason: reasonOf(row) || null } },
	}),
	unreadable: (json, reason) => ({ json: { ...json, failure_reason: inWords(reason) } }),
	takesTime: () => false,
};

/** The newest completed report, as if it had failed. */
async function madeUpFailure(poll: Poll): Promise<INodeExecutionData | undefined> {
	const example = await newestEnded(poll, { ...failed, state: 'finished', status: 'completed' });
	const reason = 'An example: the data source could not be read';
	return example && { json: madeUp(example.json, { status: 'failed', completed_at: null, error_message: reason, failure_reason: reason }) };
}

/** A report will not come: generating it failed, or somebody cancelled it. */
export const reportFailed: TriggerEvent<ReportsState> = {
	option: {
		name: 'Report Failed',
		value: 'reportFailed',
		description: 'Needs reports:read. A report could not be generated, or was cancelled.',
	},
	fields: [reportFilters('reportFailed')],
	definedBy: ['filters'],
	poll: async (poll, state) => await findEnded(poll, failed, state),
	sample: async (poll) => (await newestEnded(poll, failed)) ?? (await madeUpFailure(poll)),
	noSample: 'ClariBI has no report that matches. Generate one or remove the filters, then fetch again.',
};
