import type { INodeProperties } from 'n8n-workflow';
import { binaryPropertyField } from '../../resources/sharedFields';
import { reportFilters, showForEvents } from './fields';
import { findEnded, newestEnded } from '../reports/endedReports';
import type { ReportsState } from '../reports/endedReports';
import type { ReportEnding } from '../reports/judgeReport';
import { wantsFile, withFile, withoutFile } from '../reports/reportFile';
import type { TriggerEvent } from '../triggerEvent';

const completed: ReportEnding = {
	state: 'finished',
	status: 'completed',
	toOutcome: withFile,
	unreadable: withoutFile,
	takesTime: wantsFile,
};

const fields: INodeProperties[] = [
	{
		displayName: 'Download File',
		name: 'downloadFile',
		type: 'boolean',
		default: true,
		description:
			'Whether to output the finished file with the event. Costs no credits.',
		displayOptions: showForEvents('reportCompleted'),
	},
	binaryPropertyField({ show: { event: ['reportCompleted'], downloadFile: [true] } }),
	reportFilters('reportCompleted'),
];

/** A report is ready, and its file with it. */
export const reportCompleted: TriggerEvent<ReportsState> = {
	option: {
		name: 'Report Completed',
		value: 'reportCompleted',
		description: 'Needs reports:read. A report is ready, no matter who generated it.',
	},
	fields,
	definedBy: ['filters'],
	poll: async (poll, state) => await findEnded(poll, completed, state),
	sample: async (poll) => await newestEnded(poll, completed),
	noSample: 'ClariBI has no completed report that matches. Generate one or remove the filters, then fetch again.',
};
