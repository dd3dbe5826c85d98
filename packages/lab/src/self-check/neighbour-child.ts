// The process behind `startNeighbours`: busy in slices, so that it notices when its parent is gone.

import { longestCollatz } from '../task/workload.ts';

process.on('disconnect', () => process.exit());
process.send!('busy');

function slice(): void {
  const end = performance.now() + 20;
  while (performance.now() < end) longestCollatz(1_000);
  setImmediate(slice);
}
slice();
