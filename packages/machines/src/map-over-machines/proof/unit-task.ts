// The task that is measured: a share of a unit of work, inside the lab's probe, or a wait.

import { setTimeout as sleep } from 'node:timers/promises';
import { probe, runUnit } from '@cookbook/lab/task';
import type { LaneReport, Unit } from '@cookbook/lab/task';

export interface Input {
  readonly n: number;
  readonly unit: Unit;
  /** ms to wait first. */
  readonly wait: number;
}

export interface Output {
  readonly n: number;
  readonly pid: number;
}

/** Of a batch: its inputs' numbers, and in the first output the report of all that it computed. */
export default async function task({ data }: { data: Input[] }): Promise<(Output & { report?: LaneReport })[]> {
  for (const { wait } of data) if (wait > 0) await sleep(wait);
  const report = probe(() => {
    for (const { unit } of data) runUnit(unit);
  });
  return data.map(({ n }, index) => ({ n, pid: process.pid, ...(index === 0 && { report }) }));
}
