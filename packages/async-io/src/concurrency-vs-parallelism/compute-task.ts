// A task that computes, and tells from when to when.

import { probe } from '@cookbook/lab/probe';
import type { LaneReport } from '@cookbook/lab/probe';
import { runUnit } from '@cookbook/lab/workload';
import type { Unit } from '@cookbook/lab/workload';

export default function compute(unit: Unit): LaneReport {
  return probe(() => runUnit(unit));
}
