const { requireFreshBuild } = require('../../scripts/build/builtFrom');

/** The tests run the built package, and some read its source: both have to be the same. */
module.exports = async () => requireFreshBuild();
