// A unit of work, and the size of the heap of its thread.

import { getHeapStatistics } from 'node:v8';
import { probe, runUnit } from '@cookbook/lab/task';
import type { LaneReport, Unit } from '@cookbook/lab/task';

/** A report, with the physical size of the heap of the thread's isolate, MiB. */
export interface WeighedReport extends LaneReport {
  readonly heap: number;
}

export default function task(unit: Unit): WeighedReport {
  return { ...probe(() => runUnit(unit)), heap: getHeapStatistics().total_physical_size / 2 ** 20 };
}
