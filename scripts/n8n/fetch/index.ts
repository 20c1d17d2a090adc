import { fetchN8n } from './fetchN8n';

/** Fetches n8n before anything else needs it, as a program of its own (`npm run fetch:n8n`). */
fetchN8n({ onProgress: (words) => console.log(words) }).then(
	({ version, folder }) => console.log(`n8n ${version} is in ${folder}`),
	(error: Error) => {
		console.error(error.message);
		process.exitCode = 1;
	},
);
