/** What an older engine does differently, so that a test cannot pass there as it is written. */
export interface Difference {
	/** Full names of the tests: those of their groups, then their own. */
	tests: RegExp;
	/** What a person who runs such an n8n sees instead. */
	instead: string;
}

/** Known differences of the oldest supported engine. Newer ones have some of them, or none. */
export const DIFFERENCES: readonly Difference[] = [
	{
		tests: /^a poll that fails .* is told of so that n8n understands, and changes nothing$/,
		instead: 'A failed poll shows its message, but n8n cannot classify it: its errors carry no cause (n8n 2.37).',
	},
	{
		tests: /a backlog is worked off over several polls|^report completed many files are fetched as time allows$|^createPoller takes new parameters and grants the budget$/,
		instead: 'n8n grants a poll no particular time (2.38): the trigger goes on for up to 50 seconds, so a backlog comes in fewer, larger polls.',
	},
	{
		tests: /^createPoller a failed poll in state mode staged$/,
		instead: 'n8n keeps what a failed poll has changed of its static data. The trigger changes it last, so nothing is lost.',
	},
	{
		tests: /^a required field that is left empty |^(Report|Dashboard|Data Source) (an address with|nothing is refused|dots that were typed)/,
		instead: 'n8n says only that the workflow has issues; the node shows which field. Nothing is sent, as today.',
	},
	{
		tests: /^each bad case has a sentence of its own |^testCredential (gives the rule’s sentence for a status|names the network’s code)/,
		instead: 'The credential test fails with n8n’s own general sentence instead of ours: n8n’s errors lose their cause.',
	},
	{
		tests: /^nothing is paid for for that item alone when the node goes on$/,
		instead: 'An expression that fails for one item ends the node, also where it is set to continue (n8n 2.40): nothing is paid for, and the items come out as they went in.',
	},
	{
		tests: /^runNode finds the key where n8n carries it along$/,
		instead: 'n8n’s own errors do not carry the request along, so this proof that the search for leaks finds something has nothing to find.',
	},
];
