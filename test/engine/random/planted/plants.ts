/** A defect, as a change to the built package, and how the random test has to tell of it. */
export interface Plant {
	name: string;
	/** Below `dist/nodes/ClariBi/`. */
	file: string;
	/** Each text must be there, once. */
	changes: Array<[from: string, to: string]>;
	/** What the report must say. */
	foundAs: RegExp;
}

/** Defects that the node once had, or could come to have. */
export const plants: Plant[] = [
	{
		name: 'a failed item tells of all others, which tell of it',
		file: 'action/itemPipeline.js',
		changes: [
			[
				'return [(0, pairedItem_1.errorItem)(failure, itemIndex)]',
				`{
				const told = (run.told ??= []);
				failure.description = [failure.description, ...told].join(' ');
				told.push(failure.description);
				return [(0, pairedItem_1.errorItem)(failure, itemIndex)];
			}`,
			],
		],
		foundAs: /Bounded: |Accounted for: .* is named by other items/,
	},
	{
		name: 'the clock of Max Wait starts before the turn to pay',
		file: 'action/answer/report.js',
		changes: [
			['const order = withTimeLimit(item);', 'const order = withTimeLimit(item); const early = Date.now();'],
			['since + item.maxWaitMs', 'early + item.maxWaitMs'],
		],
		foundAs: /Patient: the report of item \d+ was given up/,
	},
	{
		name: 'Retry On Fail sends a Create again whose answer was lost',
		file: 'action/payment/postOnce.js',
		changes: [['if (lost)', 'if (lost && item.operation.consumesCredits)']],
		foundAs: /Once: item \d+ was sent again/,
	},
	{
		name: 'a download gives its place back at the headers',
		file: 'client/request/exchange.js',
		changes: [
			[
				'const result = await this.inFlight.run(connections, async () => await this.try(request, policy, use));',
				`const result = await new Promise((resolve, reject) => {
				void this.inFlight.run(connections, async () => await new Promise((giveBack) => {
					const early = async (response) => { giveBack(); return await use(response); };
					this.try(request, policy, early).then(resolve, reject).finally(giveBack);
				}));
			});`,
			],
		],
		foundAs: /Quiet: \d+ connections at once/,
	},
	{
		name: 'the outputs of a batch are linked to the input before theirs',
		file: 'action/itemPipeline.js',
		changes: [
			[
				'(0, pairedItem_1.paired)(items, itemIndex)',
				"(0, pairedItem_1.paired)(items, Math.max(0, itemIndex - Number(this.getNodeParameter('requestOptions.batching.batch.batchSize', 0) > 0)))",
			],
		],
		foundAs: /Every item: |Accounted for: .* is named by other items/,
	},
	{
		name: 'nothing is known of an expression that has ended the node',
		file: 'action/itemPipeline.js',
		changes: [['(0, endedByExpression_1.throwIfEndedByExpression)(this, attempt);', '']],
		foundAs: /Quiet: \d+ requests after the node had ended|Accounted for: /,
	},
];
