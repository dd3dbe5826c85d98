import assert from 'node:assert/strict';
import os from 'node:os';
import { availableCpus, cpuQuota, endOnSignals } from '../../src/containers/recipe.ts';

// As many workers as can compute at once, in a container as anywhere.
const workers = availableCpus();
assert.ok(workers >= 1 && workers <= os.availableParallelism());
assert.ok(cpuQuota() > 0);

// A server closes here; this program has only itself to end.
endOnSignals(() => console.log(`${workers} workers would have ended.`));
process.emit('SIGTERM', 'SIGTERM');
