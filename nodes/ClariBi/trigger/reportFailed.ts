import { reasonOf } from '../client/answers/reportStatus';
import { reportFilters } from './fields';
import { newestEnded, ReportsPoll } from './reportEnds';
import type { ReportEnding, ReportsState } from './reportEnds';
import { inWords } from './reportFile';
import type { TriggerEvent } from './triggerEvent';

const failed: ReportEnding = {
	state: 'failed',
	status: 'failed',
	toOutcome: async (_poll, id, row) => ({
		item: { json: { ...row, report_id: id, failure_reason: reasonOf(row) || null } },
	}),
	unreadable: (json, reason) => ({ json: { ...json, failure_reason: inWords(reason) } }),
	takesTime: () => false,
};

/** A report will not come: generating it failed, or somebody cancelled it. */
export const reportFailed: TriggerEvent<ReportsState> = {
	option: {
		name: 'Report Failed',
		value: 'reportFailed',
		description: 'A report could not be generated, or was cancelled. Needs the permission reports:read.',
	},
	fields: [reportFilters('reportFailed')],
	definedBy: ['filters'],
	poll: async (poll, state) => await new ReportsPoll(poll, failed, state).run(),
	sample: async (poll) => await newestEnded(poll, failed),
	noSample: 'Among the newest reports in ClariBI none has failed. The workflow starts when one does.',
};
