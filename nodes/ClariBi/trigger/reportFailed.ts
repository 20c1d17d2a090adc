import { reasonOf } from '../client/answers/reportStatus';
import { reportFilters } from './fields';
import { newestEnded, ReportsPoll } from './reportEnds';
import type { ReportEnding, ReportsState } from './reportEnds';
import type { TriggerEvent } from './triggerEvent';

const failed: ReportEnding = {
	state: 'failed',
	status: 'failed',
	toOutcome: async (_session, id, row) => ({
		item: { json: { ...row, report_id: id, failure_reason: reasonOf(row) || null } },
	}),
	takesTime: () => false,
};

/** A report will not come: generating it failed, or somebody cancelled it. */
export const reportFailed: TriggerEvent<ReportsState> = {
	option: {
		name: 'Report Failed',
		value: 'reportFailed',
		description: 'Needs reports:read. A report could not be generated, or was cancelled.',
	},
	fields: [reportFilters('reportFailed')],
	definedBy: ['filters'],
	poll: async (session, state) => await new ReportsPoll(session, failed, state).run(),
	sample: async (session) => await newestEnded(session, failed),
	noSample: 'Among the newest reports in ClariBI none has failed. The workflow starts when one does.',
};
