import type { IBuilderHint } from 'n8n-workflow';

/** What n8n's AI that builds workflows reads about the action node: what it is for, what it costs, and which nodes take its file. */
export const builderHint: IBuilderHint = {
	searchHint:
		'Generates business intelligence reports from ClariBI templates, as files such as PDF, and manages ClariBI dashboards. Report Generate waits until the report is finished and puts its file into the binary field "data": no other node is needed to wait or to download. Generate and Refresh cost credits for every input item, so give them one item unless each should be paid for.',
	relatedNodes: [
		{ nodeType: 'n8n-nodes-base.emailSend', relationHint: 'Emails the report: its option Attachments (File) takes the file from the field "data"' },
		{ nodeType: 'n8n-nodes-base.slack', relationHint: 'Posts the report: File Upload takes the file from the field "data"' },
		{ nodeType: 'n8n-nodes-claribi.clariBiTrigger', relationHint: 'Starts a workflow when a report is completed or failed, or credits run low' },
	],
};

/** The same about the trigger. */
export const triggerBuilderHint: IBuilderHint = {
	searchHint:
		'Starts a workflow when a ClariBI report is completed (with its file in the binary field "data") or has failed, a dashboard was updated, a data source became inactive, or credits run low. It polls: every 5 minutes is enough for most workflows; every minute uses up the hourly requests of a Trial plan.',
	relatedNodes: [
		{ nodeType: 'n8n-nodes-base.emailSend', relationHint: 'Emails a completed report: its option Attachments (File) takes the file from the field "data"' },
		{ nodeType: 'n8n-nodes-base.slack', relationHint: 'Posts a completed report: File Upload takes the file from the field "data"' },
	],
};
