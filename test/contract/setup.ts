import { observeExchanges } from '../../sandbox/http/exchanges';
import { oncePerProcess } from '../engine/harness/engine/oncePerProcess';
import { judgeExchange } from './judgeExchange';
import { settleProvoked } from './provokes';

/**
 * Fails a test in which a sandbox, or the node, did something else than `docs/claribi-api.openapi.yaml` says. Jest runs
 * this before every test file.
 */

const drifts = new Set<string>();

/** The sandbox's own tests send wrong requests on purpose. */
const scope = { requests: expect.getState().testPath?.includes('/test/engine/') ?? false };

// Reading the contract and compiling its schemas takes longer than many a test file.
const judge = oncePerProcess('contract', () => judgeExchange);

observeExchanges((exchange) => {
	for (const drift of judge(exchange, scope)) drifts.add(drift);
});

function report(): void {
	const { unwanted, missing } = settleProvoked([...drifts]);
	drifts.clear();
	if (unwanted.length > 0) throw new Error(`Not what the contract says:\n${unwanted.slice(0, 10).join('\n')}`);
	if (missing.length > 0) throw new Error(`Was to be provoked and did not happen: ${missing.join(', ')}`);
}

afterEach(report);
// An answer may come after the test that asked for it has ended.
afterAll(report);
