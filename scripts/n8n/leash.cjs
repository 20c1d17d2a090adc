// Loaded into n8n before anything else. When the process that started it is gone, however that happened, n8n stops too,
// with everything that it has started itself.
const HURRY_AFTER_MS = 15_000;

if (process.connected) {
	process.once('disconnect', () => {
		setTimeout(() => process.kill(process.platform === 'win32' ? process.pid : -process.pid, 'SIGKILL'), HURRY_AFTER_MS);
		process.kill(process.pid, 'SIGTERM');
	});
}
