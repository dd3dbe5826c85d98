// The task that lanes run by default: one unit of the workload, inside the probe.

import { probe } from './probe.ts';
import type { LaneReport } from './probe.ts';
import { runUnit } from './workload.ts';
import type { Unit } from './workload.ts';

export default function task(unit: Unit): LaneReport {
  return probe(() => runUnit(unit));
}
