// A task that computes, and tells from when to when.

import { probe, runUnit } from '@cookbook/lab/task';
import type { LaneReport, Unit } from '@cookbook/lab/task';

export default function compute(unit: Unit): LaneReport {
  return probe(() => runUnit(unit));
}
