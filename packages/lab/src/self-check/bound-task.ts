// Tasks of lanes that do run in parallel, and are hard to tell: they meet every millisecond, share the way to memory, or
// leave garbage behind.

import { meet } from '../task/barrier.ts';
import { probe } from '../task/probe.ts';
import type { LaneReport } from '../task/probe.ts';
import { computing } from '../task/spans.ts';
import { runUnit, UNIT_MS } from '../task/workload.ts';
import type { Unit } from '../task/workload.ts';

export interface Bound {
  readonly by: 'barrier' | 'memory' | 'garbage';
  readonly lanes: number;
  /** Where lanes meet; zero at first. */
  readonly meeting: Int32Array;
}

export function boundBy(by: Bound['by'], lanes: number): Bound {
  return { by, lanes, meeting: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) };
}

export default function task(unit: Unit, { by, lanes, meeting }: Bound): LaneReport {
  return probe(() => {
    if (by === 'barrier') return meetOften(unit, lanes, meeting);
    const piece = by === 'memory' ? readAround : leaveGarbage;
    const computed = computing();
    for (let repeat = 0; repeat < unit.repeats; repeat++) {
      piece();
      computed();
    }
  });
}

function meetOften(unit: Unit, lanes: number, meeting: Int32Array): void {
  const size = Math.max(1, Math.round(unit.repeats / UNIT_MS));
  for (let done = 0; done < unit.repeats; done += size) {
    runUnit({ ...unit, repeats: size });
    meet(meeting, 0, lanes);
  }
}

/** 32 MiB, more than a core's own caches hold; each number says where to read next. */
let memory: Int32Array | undefined;
let position = 0;

function readAround(): void {
  memory ??= Int32Array.from(
    { length: 1 << 23 },
    (_, index) => (Math.imul(index, 1_664_525) + 1_013_904_223) & ((1 << 23) - 1),
  );
  for (let step = 0; step < 8_000; step++) position = memory[position]!;
}

let kept: number[][] = [];

function leaveGarbage(): void {
  kept = Array.from({ length: 2_000 }, (_, index) => [index, kept.length, index]);
}
