import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** One request that n8n's Slack node meant for Slack. */
export interface SlackRequest {
	/** Where it was meant to go, e.g. `files.slack.com`. */
	host: string;
	path: string;
	authorization: string;
	contentType: string;
	body: Buffer;
}

export interface SlackServer {
	requests: SlackRequest[];
	/** The file of an upload, as Slack would have got it. */
	uploadedFile: () => Promise<File>;
	stop: () => Promise<void>;
}

const UPLOAD_PATH = '/upload/v1/e2e';

/** Answers like Slack for one upload: https://docs.slack.dev/messaging/working-with-files#upload */
export async function startSlackServer(port: number): Promise<SlackServer> {
	const requests: SlackRequest[] = [];
	const server = createServer((request, response) => {
		void (async () => {
			const { path } = await record(request, requests);
			const answer = path.startsWith('/api/files.getUploadURLExternal')
				? { ok: true, upload_url: `https://files.slack.com${UPLOAD_PATH}`, file_id: 'F0E2E' }
				: path.startsWith('/api/files.completeUploadExternal')
					? { ok: true, files: [{ id: 'F0E2E' }] }
					: { ok: path.startsWith(UPLOAD_PATH) };
			response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer));
		})();
	});
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	return {
		requests,
		uploadedFile: async () => {
			const upload = requests.find(({ path }) => path.startsWith(UPLOAD_PATH));
			const form = await new Response(upload?.body, { headers: { 'Content-Type': upload?.contentType ?? '' } }).formData();
			return form.get('file') as File;
		},
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

async function record(request: IncomingMessage, requests: SlackRequest[]): Promise<SlackRequest> {
	const { headers, url = '' } = request;
	const recorded = {
		host: String(headers['x-meant-for']),
		path: url,
		authorization: headers.authorization ?? '',
		contentType: headers['content-type'] ?? '',
		body: await buffer(request),
	};
	requests.push(recorded);
	return recorded;
}
