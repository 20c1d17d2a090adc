import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** What a chat model is asked, as far as a script needs it (OpenAI, "Chat Completions"). */
export interface ChatRequest {
	messages: Array<{ role: string; content: string; tool_call_id?: string }>;
	tools?: Array<{ function: { name: string; description: string; parameters: object } }>;
	stream?: boolean;
}

/** What the model says next: words, or the tools it wants to be used. */
export type ChatTurn = string | Array<{ tool: string; input: object }>;

export interface ChatModel {
	/** For the credential, e.g. `http://127.0.0.1:4711/v1`. */
	url: string;
	requests: ChatRequest[];
	stop: () => Promise<void>;
}

/** Starts an OpenAI-compatible chat model on loopback that follows a script. */
export async function startChatModel(script: (request: ChatRequest) => ChatTurn): Promise<ChatModel> {
	const requests: ChatRequest[] = [];
	const server = createServer((request, response) => {
		void (async () => {
			const asked = (await json(request)) as ChatRequest;
			requests.push(asked);
			const message = messageOf(script(asked));
			const reason = message.tool_calls ? 'tool_calls' : 'stop';
			const answer = { id: 'chatcmpl-e2e', created: 0, model: 'scripted', usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } };
			if (asked.stream) {
				const chunk = { ...answer, object: 'chat.completion.chunk', choices: [{ index: 0, delta: message, finish_reason: reason }] };
				response.setHeader('Content-Type', 'text/event-stream').end(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`);
			} else {
				const choices = [{ index: 0, message, finish_reason: reason }];
				response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ ...answer, object: 'chat.completion', choices }));
			}
		})();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		requests,
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

function messageOf(turn: ChatTurn): { role: string; content: string | null; tool_calls?: object[] } {
	if (typeof turn === 'string') return { role: 'assistant', content: turn };
	const calls = turn.map(({ tool, input }, index) => ({
		index,
		id: `call_${index}`,
		type: 'function',
		function: { name: tool, arguments: JSON.stringify(input) },
	}));
	return { role: 'assistant', content: null, tool_calls: calls };
}
