import { readExamples } from '../../scripts/editor/examples';
import { createWorkflow, outputOf, runSavedWorkflow, saveCredential, withCredentials } from '../../scripts/n8n/client';
import { startChatModel } from './support/chatModel';
import { sandboxControl } from './support/sandboxControl';
import { enter, stage } from './support/stage';

const QUESTION = 'How many credits do I have, and generate the sales report.';

describe('The example ai-agent, imported into n8n and asked', () => {
	it('uses both tools of ClariBI with the right arguments and answers with what they gave', async () => {
		await sandboxControl.setCredits(77);
		const paidBefore = await sandboxControl.ledger();
		const model = await startChatModel(({ messages }) => {
			const given = messages.filter(({ role }) => role === 'tool').map(({ content }) => content);
			if (given.length === 0) return [{ tool: 'Look_up_credits', input: {} }];
			if (given.length === 1) return [{ tool: 'Generate_a_report', input: { Template_ID: 'template-for-sales' } }];
			return `The tools said: ${given.join(' AND ')}`;
		});
		try {
			const { session, credential } = await enter();
			const openAi = await saveCredential(session, 'openAiApi', 'Scripted model', { apiKey: 'sk-e2e', url: model.url });
			const example = (await readExamples(stage().filesFolder))['ai-agent'];
			if (!example) throw new Error('There is no example ai-agent');
			const chat = { json: { sessionId: 'e2e', action: 'sendMessage', chatInput: QUESTION } };
			const workflow = { ...withCredentials(example, [credential, openAi]), pinData: { Chat: [chat] } };
			const execution = await runSavedWorkflow(session, await createWorkflow(session, workflow));

			expect([execution.status, execution.data.resultData.error]).toEqual(['success', undefined]);
			const [asked] = model.requests;
			expect(asked?.messages.at(-1)).toMatchObject({ role: 'user', content: QUESTION });
			expect(asked?.tools?.map(({ function: { name } }) => name).sort()).toEqual(['Generate_a_report', 'Look_up_credits']);
			const [paid] = (await sandboxControl.ledger()).slice(paidBefore.length);
			expect((await sandboxControl.journal()).find(({ seq }) => seq === paid?.requestId)?.body).toEqual({
				template_id: 'template-for-sales',
				output_format: 'pdf',
			});
			const [answer] = outputOf(execution, 'Agent');
			expect(answer?.json.output).toContain('"remaining":77');
			expect(answer?.json.output).toContain(`"report_id":"${paid?.id}"`);
		} finally {
			await model.stop();
		}
	});
});
