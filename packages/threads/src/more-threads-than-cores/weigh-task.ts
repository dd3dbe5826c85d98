// A unit of work, and what its thread weighs.

import { getHeapStatistics } from 'node:v8';
import { probe } from '@cookbook/lab/probe';
import type { LaneReport } from '@cookbook/lab/probe';
import { runUnit } from '@cookbook/lab/workload';
import type { Unit } from '@cookbook/lab/workload';

/** A report, with the physical size of the heap of the thread's isolate, MiB. */
export interface WeighedReport extends LaneReport {
  readonly heap: number;
}

export default function task(unit: Unit): WeighedReport {
  return { ...probe(() => runUnit(unit)), heap: getHeapStatistics().total_physical_size / 2 ** 20 };
}
