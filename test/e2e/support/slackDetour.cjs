// Loaded into n8n before anything else: what n8n's own Slack node sends to slack.com goes to the test's server instead.
const http = require('node:http');
const https = require('node:https');

const port = process.env.CLARIBI_E2E_SLACK_PORT;
const sendForReal = https.request;

https.request = (options, ...rest) => {
	const host = options?.hostname ?? options?.host ?? '';
	if (!/(^|\.)slack\.com$/.test(host)) return sendForReal(options, ...rest);
	const headers = { ...options.headers, 'x-meant-for': host };
	const detour = { ...options, headers, protocol: 'http:', hostname: '127.0.0.1', host: '127.0.0.1', port, agent: undefined, lookup: undefined };
	return http.request(detour, ...rest);
};
