import type { NodeHint } from 'n8n-workflow';

/** Hints that the editor shows in the output panel, before a run of an operation that costs credits for every input item. */

const isPaid = (operation: string) => `$parameter["operation"] === "${operation}"`;

/** The editor knows the input items only after the previous node has run: pinned data alone shows no hint. */
const hasMoreItemsThan = (count: number) => `$input.all().length > ${count}`;

/** One at a time, although no option requires it. */
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
		'Reports are generated one at a time. The option <b>Reports at Once</b> speeds this up.',
		`${isPaid('generate')} && ${hasMoreItemsThan(MANY_ITEMS)} && ${GOES_ONE_BY_ONE}`,
	),
	beforeRun(
		'Dashboards are refreshed one at a time. The option <b>Refreshes at Once</b> speeds this up.',
		`${isPaid('refresh')} && ${hasMoreItemsThan(MANY_ITEMS)} && ${GOES_ONE_BY_ONE}`,
	),
];
