// The same computing on as many threads as there are cores, and on several times as many.

import type { Context } from '@cookbook/lab/claim';
import { cpuTime, runPhase, waitingTimeOf, warmUp } from '@cookbook/lab/speedup';
import type { Lanes } from '@cookbook/lab/speedup';
import { calibrate } from '@cookbook/lab/task';
import type { Unit } from '@cookbook/lab/task';
import { openThreads } from '../../cpu-scaling/recipe.ts';
import type { WeighedReport } from './weigh-task.ts';

/** Every one of the many threads gets a unit, so that none is idle. */
const UNIT_MS = 12;
const TRIALS = 5;

export interface ComputingTrial {
  /** ms from the hand-out of all units until the last is done, and ms of CPU time of all threads together. */
  readonly few: { readonly wall: number; readonly cpu: number };
  readonly many: { readonly wall: number; readonly cpu: number };
  /** The share of their time in which the few threads could have run but had no core; undefined where nobody tells. */
  readonly waitingShare: number | undefined;
  /** V8's heap in each of the many threads, MiB. */
  readonly heaps: readonly number[];
}

/** Trials of `many` units on `few` and on `many` threads, the order alternating. */
export async function computeBoth(few: number, many: number, { signal }: Context): Promise<ComputingTrial[]> {
  const unit = calibrate('primes', UNIT_MS);
  const task = new URL('./weigh-task.ts', import.meta.url);
  const lanes = {
    few: openThreads<Unit, WeighedReport>(task, few),
    many: openThreads<Unit, WeighedReport>(task, many),
  };
  try {
    await warmUp(lanes.few, few, unit);
    await warmUp(lanes.many, many, unit);
    const trials: ComputingTrial[] = [];
    while (trials.length < TRIALS) {
      signal.throwIfAborted();
      const sides = { few: () => compute(lanes.few, many, unit), many: () => compute(lanes.many, many, unit) };
      const manyFirst = trials.length % 2 === 1 ? await sides.many() : undefined;
      const onFew = await sides.few();
      const onMany = manyFirst ?? (await sides.many());
      trials.push({ few: onFew, many: onMany, waitingShare: onFew.waitingShare, heaps: onMany.heaps });
    }
    return trials;
  } finally {
    await Promise.all([lanes.few.close(), lanes.many.close()]);
  }
}

async function compute(lanes: Lanes, units: number, unit: Unit) {
  const phase = await runPhase(lanes, units, unit);
  const cpu = cpuTime(phase);
  const waited = waitingTimeOf(phase);
  return {
    wall: phase.finished - phase.submitted,
    cpu,
    waitingShare: waited === undefined ? undefined : waited / (waited + cpu),
    heaps: (phase.reports as readonly WeighedReport[]).map(({ heap }) => heap),
  };
}
