const { default: Sequencer } = require('@jest/test-sequencer');

/** Files that run much longer than their size lets expect, longest first. */
const LONG = [/faults\/matrix\.test/, /Model\.test/, /random\/random\.test/, /\/trigger[^/]*\.test/];

const rank = ({ path }) => {
	const place = LONG.findIndex((pattern) => pattern.test(path));
	return place === -1 ? LONG.length : place;
};

/** Begins with what takes longest, so that no worker is left alone with it at the end; jest knows times only from earlier runs. */
module.exports = class LongestFirst extends Sequencer {
	sort(tests) {
		return [...super.sort(tests)].sort((one, other) => rank(one) - rank(other));
	}
};
