// The process behind `forkLanes`. It ends with its parent: when the channel closes, for whatever reason.

import type { LaneReport } from '../task/probe.ts';
import type { Unit } from '../task/workload.ts';

const { default: run } = (await import(process.argv[2]!)) as { default: (unit: Unit) => LaneReport };

process.on('message', (unit: Unit) => process.send!(run(unit)));
process.on('disconnect', () => process.exit());
