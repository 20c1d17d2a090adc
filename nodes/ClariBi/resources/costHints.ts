import type { NodeHint } from 'n8n-workflow';

/** What the editor says beside the output, before a run, of operations that are paid for per input item. */

const isPaid = (operation: string) => `$parameter["operation"] === "${operation}"`;

/** The editor knows input items only when the node before was run: pinned data that was not run shows no hint. */
const hasMoreItemsThan = (count: number) => `$input.all().length > ${count}`;

/** One at a time, though nothing asks for that. */
const GOES_ONE_BY_ONE = 'Number($parameter["options"]["atOnce"] || 1) === 1 && !$parameter["options"]["minimumCredits"]';

const MANY_ITEMS = 10;

const beforeRun = (message: string, condition: string): NodeHint => ({
	message,
	type: 'warning',
	location: 'outputPane',
	whenToDisplay: 'beforeExecution',
	displayCondition: `={{ ${condition} }}`,
});

export const costHints: NodeHint[] = [
	beforeRun(
		'Every input item costs credits. To pay for one only, turn on <b>Execute Once</b> under Settings.',
		`(${isPaid('generate')} || ${isPaid('refresh')}) && ${hasMoreItemsThan(1)}`,
	),
	beforeRun(
		'Reports are generated one after the other. The option <b>Reports at Once</b> makes many of them faster.',
		`${isPaid('generate')} && ${hasMoreItemsThan(MANY_ITEMS)} && ${GOES_ONE_BY_ONE}`,
	),
	beforeRun(
		'Dashboards are refreshed one after the other. The option <b>Refreshes at Once</b> makes many of them faster.',
		`${isPaid('refresh')} && ${hasMoreItemsThan(MANY_ITEMS)} && ${GOES_ONE_BY_ONE}`,
	),
];
