import { CannotTell } from '../api';
import type { Answer, Api } from '../api';
import type { Group } from '../assumption';
import { breaks, differs, holds } from '../assumption';
import { idOf, kindOfBody, rowsOf, succeeded } from '../seen';
import type { Row } from '../seen';

const TYPES: Record<string, string[]> = {
	pdf: ['application/pdf'],
	csv: ['text/csv'],
	json: ['application/json'],
	html: ['text/html'],
	xlsx: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
};
/** A compressed file has a length that is not its own. */
const AS_FILE = { Accept: '*/*', 'Accept-Encoding': 'identity' };

/** How the file of a finished report comes. */
export const downloads: Group = {
	title: 'Downloads',
	assumptions: [
		{
			id: 'download-direct',
			sentence: 'A file comes from the address that was asked for',
			look: 'GET /reports/{id}/download/ of a finished report',
			contract: '/paths/~1reports~1{id}~1download~1/get/responses/302',
			judge: async (api) => {
				const { answer, base, location } = await firstAnswer(api);
				if (answer.status < 300 || answer.status >= 400) return holds();
				if (location === undefined) return breaks(`a ${answer.status} to nowhere`, 'has no address to fetch the file from');
				return differs(`a ${answer.status} to ${location.origin === base.origin ? 'the same host' : 'another host'}`, 'fetches it there; another host never gets the key');
			},
		},
		{
			id: 'download-file',
			sentence: 'What comes is the file itself',
			look: 'its first bytes',
			contract: '/paths/~1reports~1{id}~1download~1/get/responses/200',
			judge: async (api) => {
				const { answer, report } = await fileOf(api);
				if (answer.bytes.length === 0) return breaks('nothing', 'says that there is no file');
				const isPdf = answer.bytes.toString('latin1', 0, 5) === '%PDF-';
				if (report.output_format === 'pdf' && !isPdf) return breaks(kindOfBody(answer), 'says what came instead of a file');
				return holds();
			},
		},
		{
			id: 'download-type',
			sentence: 'Content-Type is that of the report’s format',
			look: 'its headers',
			contract: '/paths/~1reports~1{id}~1download~1/get/responses/200',
			judge: async (api) => {
				const { answer, report } = await fileOf(api);
				const type = (answer.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
				const known = TYPES[String(report.output_format).toLowerCase()];
				if (!known) throw new CannotTell('the report is of a format that the check does not know');
				return known.includes(type) ? holds() : differs(/^[a-z]+\/[a-z0-9.+-]+$/.test(type) ? type : 'no type', 'looks at the file’s first bytes and its name as well');
			},
		},
		{
			id: 'download-name',
			sentence: 'The file has a name, in Content-Disposition',
			look: 'its headers',
			contract: '/paths/~1reports~1{id}~1download~1/get/responses/200/headers/Content-Disposition',
			judge: async (api) => {
				const { answer } = await fileOf(api);
				const disposition = answer.headers.get('content-disposition');
				if (disposition === null) return differs('there is no such header', 'names the file after the report’s title');
				return /^attachment;.*filename\*?=/i.test(disposition) ? holds() : differs('it has another form', 'names the file after the report’s title where it finds no name');
			},
		},
		{
			id: 'download-length',
			sentence: 'The file’s length is told, in Content-Length',
			look: 'its headers',
			contract: '/paths/~1reports~1{id}~1download~1/get/responses/200/headers/Content-Length',
			judge: async (api) => {
				const { answer } = await fileOf(api);
				if (answer.headers.has('content-encoding')) throw new CannotTell('it is compressed');
				return answer.headers.has('content-length') ? holds() : differs('it is not', 'takes what comes, as long as the connection ends properly');
			},
		},
		{
			id: 'download-plain',
			sentence: 'The file is not compressed where that is not wanted',
			look: 'its headers, asked for with Accept-Encoding: identity',
			contract: '/paths/~1reports~1{id}~1download~1/get/responses/200',
			judge: async (api) => {
				const { answer } = await fileOf(api);
				return answer.headers.has('content-encoding') ? differs('it is, all the same', 'unpacks it') : holds();
			},
		},
		{
			id: 'download-head',
			sentence: 'HEAD answers as GET does, without the file',
			look: 'HEAD /reports/{id}/download/',
			contract: '/paths/~1reports~1{id}~1download~1/get',
			judge: async (api) => {
				const { path, answer } = await firstAnswer(api);
				const { status } = await api.once('head', async () => await api.send(path, { method: 'HEAD', headers: AS_FILE }));
				return status === answer.status ? holds() : differs(`the answer is ${status}`, 'does not use it');
			},
		},
		{
			id: 'download-range',
			sentence: 'A part of the file cannot be asked for',
			look: 'GET with Range: bytes=0-9',
			contract: '/paths/~1reports~1{id}~1download~1/get',
			judge: async (api) => {
				const { target, key } = await fileOf(api);
				const { status } = await api.once('range', async () => await api.send(target, { key, headers: { ...AS_FILE, Range: 'bytes=0-9' } }));
				return status === 200 ? holds() : differs(`the answer is ${status}`, 'always fetches the whole file');
			},
		},
	],
};

interface FirstAnswer {
	report: Row;
	path: string;
	answer: Answer;
	base: URL;
	/** Where a redirect leads. */
	location?: URL;
}

async function firstAnswer(api: Api): Promise<FirstAnswer> {
	const report = (await rowsOf(api, '/reports/')).find(({ status }) => status === 'completed' || status === undefined);
	if (!report) throw new CannotTell('there is no finished report');
	const path = `/reports/${encodeURIComponent(idOf(report))}/download/`;
	const answer = await api.once('download', async () => await api.send(path, { headers: AS_FILE }));
	const base = new URL(api.options.baseUrl + path);
	const location = answer.headers.get('location');
	return { report, path, answer, base, ...(location !== null && URL.canParse(location, base.href) ? { location: new URL(location, base) } : {}) };
}

/** The answer with the file, after one redirect at most. Only its own host gets the key. */
async function fileOf(api: Api): Promise<{ report: Row; answer: Answer; target: string; key?: string | null }> {
	const { report, path, answer, base, location } = await firstAnswer(api);
	if (answer.status < 300 || answer.status >= 400) return { report, answer: succeeded(answer), target: path };
	if (!location) throw new CannotTell('the redirect has no address');
	const key = location.origin === base.origin ? undefined : null;
	const file = await api.once('redirected', async () => await api.send(location.href, { key, headers: AS_FILE }));
	return { report, answer: succeeded(file), target: location.href, key };
}
