// The same computing on as many threads as there are cores, and on several times as many.

import { CONTENDED_SHARE, judgeIntervals, median, sampled } from '@cookbook/lab/claim';
import type { Context, Figure, Finding } from '@cookbook/lab/claim';
import { cpuTime, runPhase, waitingTimeOf, warmUp, workerLanes } from '@cookbook/lab/speedup';
import type { Lanes } from '@cookbook/lab/speedup';
import { calibrate } from '@cookbook/lab/task';
import type { Unit } from '@cookbook/lab/task';
import type { WeighedReport } from './weigh-task.ts';

/** Every one of the many threads gets a unit, so that none is idle. */
const UNIT_MS = 12;
const TRIALS = 5;

export interface ComputingTrial {
  /** ms from the start of all units until the last is done, and ms of CPU time of all threads together. */
  readonly few: { readonly wall: number; readonly cpu: number };
  readonly many: { readonly wall: number; readonly cpu: number };
  /** The share of their time in which the few threads could have run but had no core; undefined where the system does not say. */
  readonly waitingShare: number | undefined;
  /** V8's heap in each of the many threads, MiB. */
  readonly heaps: readonly number[];
}

/** Trials of `many` units on `few` and on `many` threads, the order alternating. */
export async function computeBoth(few: number, many: number, { signal }: Context): Promise<ComputingTrial[]> {
  const unit = calibrate('primes', UNIT_MS);
  const task = new URL('./weigh-task.ts', import.meta.url);
  const lanes = { few: workerLanes(few, task), many: workerLanes(many, task) };
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

/**
 * That many threads compute no faster than few. On a busy machine they do finish earlier: they take a larger share of the
 * cores from other programs. That is no gain in computing, and shows by the time for which the few waited for a core.
 */
export function noGain(few: number, many: number, trials: readonly ComputingTrial[]): Finding {
  const ratios = trials.map((trial) => trial.few.wall / trial.many.wall);
  const gain = sampled('computing', `computing, ${many} threads / ${few} threads`, ratios, 'x', { most: 1.25 });
  const judgement = judgeIntervals([gain]);
  const words = `For computing, ${many} threads were {computing} as fast as ${few}.`;
  if (judgement.verdict === 'holds') return { figures: [gain], judgement, words };
  const shares = trials.flatMap(({ waitingShare }) => (waitingShare === undefined ? [] : 100 * waitingShare));
  if (median(shares) < 100 * CONTENDED_SHARE) return { figures: [gain], judgement };
  const waited = sampled('computing-waiting', `time without a core, ${few} threads`, shares, '%');
  const reason = `other programs had the cores for ${Math.round(waited.median)} % of the time, and more threads took more of it from them`;
  return {
    figures: [gain, waited],
    judgement: { verdict: 'holds', qualifier: 'contended', reason },
    words: `This machine is busy: other programs had the cores for {computing-waiting} of the time. ${many} threads took more of it from them than ${few}, and were {computing} as fast.`,
  };
}

/** What the many threads took beside time: the same CPU time for the same work, and a heap each. */
export function costOfMany(few: number, many: number, trials: readonly ComputingTrial[]): Figure[] {
  const ratios = trials.map((trial) => trial.many.cpu / trial.few.cpu);
  return [
    sampled('heap', 'heap of one more thread', trials[0]!.heaps, 'MiB', { least: 1 }),
    sampled('computing-cpu', `CPU time of the same work, ${many} threads / ${few} threads`, ratios, 'x', {
      least: 0.85,
    }),
  ];
}
