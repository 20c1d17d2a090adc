import { Listr } from 'listr2';
import pc from 'picocolors';
import { editorSteps } from './steps';
import type { EditorPlan, EditorState } from './steps';

/**
 * Opens an n8n with everything set up, and stops all of it on Ctrl-C.
 *
 * @param onReady what to do while it runs; the signal is aborted when all is to stop
 * @throws Error with a sentence for the user when a step fails, or n8n stops by itself
 */
export async function openEditor(plan: EditorPlan, onReady: (state: EditorState, signal: AbortSignal) => void): Promise<void> {
	const stopping = new AbortController();
	const stopAsked = new Promise<void>((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
			process.on(signal, () => {
				stopping.abort();
				resolve();
			});
		}
	});
	const state: EditorState = {};
	const steps = new Listr(editorSteps(plan, stopping.signal), {
		ctx: state,
		rendererOptions: { collapseErrors: false },
		registerSignalListeners: false,
	});
	try {
		await steps.run();
		onReady(state, stopping.signal);
		const endedByItself = await Promise.race([stopAsked.then(() => false), state.server?.ended.then(() => true)]);
		if (endedByItself) throw new Error(`n8n has stopped by itself:\n${await state.server?.output()}`);
	} catch (error) {
		if (!stopping.signal.aborted) throw error;
	} finally {
		stopping.abort();
		if (state.server ?? state.sandbox) console.log(pc.dim('Stopping n8n and the sandbox…'));
		await state.server?.stop();
		await Promise.all([state.sandbox?.stop(), state.mailbox?.stop()]);
	}
}
