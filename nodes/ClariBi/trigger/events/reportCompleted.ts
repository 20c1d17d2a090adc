import type { INodeProperties } from 'n8n-workflow';
import { binaryPropertyField } from '../../resources/sharedFields';
import { reportFilters, showForEvents } from './fields';
import { newestEnded, ReportsPoll } from './reportEnds';
import type { ReportEnding, ReportsState } from './reportEnds';
import { wantsFile, withFile, withoutFile } from './reportFile';
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
			'Whether to start the workflow with the finished file attached, ready to send or upload. This costs no credits.',
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
		description: 'Needs reports:read. A report is ready, whoever had it generated.',
	},
	fields,
	definedBy: ['filters'],
	poll: async (poll, state) => await new ReportsPoll(poll, completed, state).run(),
	sample: async (poll) => await newestEnded(poll, completed),
	noSample: 'ClariBI has no completed report that fits. Have one generated, or remove the filters, and fetch again.',
};
