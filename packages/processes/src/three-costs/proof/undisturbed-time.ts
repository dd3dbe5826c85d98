// Times without the wait for a core that another program had, as far as the system reports it: what the mechanism takes,
// not what other programs took.

import { median } from '@cookbook/lab/claim';
import type { Context } from '@cookbook/lab/claim';
import { countPrimes, now, waitingTime } from '@cookbook/lab/task';
import { start } from '../../footprint/recipe.ts';
import type { Kind } from '../../footprint/recipe.ts';
import { inline } from './mechanisms.ts';
import type { WorkLanes } from './mechanisms.ts';
import type { Done, Work } from './work-task.ts';

/** A kept lane's tasks are so short that the median of several is taken. */
export const RUNS_OF_KEPT = 25;

/** Start-up to the first message, ms, so many times; the end is not counted. */
export async function startTimes(kind: Kind, rounds: number, { signal }: Context): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    signal.throwIfAborted();
    const begin = performance.now();
    const resident = await start(kind);
    times.push(performance.now() - begin);
    await resident.end();
  }
  return times;
}

/** ms for each of `count` messages and their answers, one after another; so many rounds, after one that warms up. */
export async function messageTimes(ask: () => Promise<unknown>, count: number, rounds: number): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const begin = performance.now();
    for (let message = 0; message < count; message++) await ask();
    times.push((performance.now() - begin) / count);
  }
  return times.slice(1);
}

/** Pieces of work in a millisecond of undisturbed CPU time: by the quickest of several tries. */
export function piecesPerMs(): number {
  const warmUntil = performance.now() + 20;
  while (performance.now() < warmUntil) countPrimes(1_000);
  let quickest = Infinity;
  for (let run = 0; run < 20; run++) {
    const begin = performance.now();
    for (let piece = 0; piece < 50; piece++) countPrimes(1_000);
    quickest = Math.min(quickest, (performance.now() - begin) / 50);
  }
  return 1 / quickest;
}

export function tasksOf(count: number, pieces: number): Work[] {
  return Array.from({ length: count }, () => ({ pieces }));
}

/** Tasks by one mechanism, once, or several times in a row. */
export interface Run {
  /** By the clock, ms; of several runs the median. */
  readonly wall: number;
  /** What it takes on cores that no other program uses, ms; of several runs the median. */
  readonly time: number;
  /** The work alone of all tasks, ms: more of it by lanes than inline is what cores that share something cost. */
  readonly work: number;
}

export async function measureRun(lanes: WorkLanes, tasks: readonly Work[], count = 1): Promise<Run> {
  const walls: number[] = [];
  const times: number[] = [];
  let work = 0;
  for (let run = 0; run < count; run++) {
    const waitedBefore = waitingTime() ?? 0;
    const submitted = now();
    const results = await lanes.run(tasks);
    const finished = now();
    const ownWait = (waitingTime() ?? 0) - waitedBefore;
    walls.push(finished - submitted);
    times.push(lanes === inline ? workOf(results) : undisturbed(results, submitted, finished, ownWait));
    work += workOf(results);
  }
  return { wall: median(walls), time: median(times), work };
}

/**
 * The time of the lane that took longest, without its waits for a core, and the way back of the last answer, without
 * those of this thread. A wait before the start counts for at most the time since the tasks were handed out: an idle lane waits too.
 * What the lanes take to read their clocks is left out.
 */
export function undisturbed(results: readonly Done[], submitted: number, finished: number, ownWait: number): number {
  const each = results.map(({ called, waitedBefore, ...done }) => {
    const wayThere = called - submitted;
    return wayThere - Math.min(waitedBefore, Math.max(0, wayThere)) + workOf([done]);
  });
  const wayBack = finished - Math.max(...results.map(({ returned }) => returned));
  return Math.max(...each) + Math.max(0, wayBack - ownWait);
}

/** The work alone, one after the other, without its waits for a core. */
function workOf(results: readonly Pick<Done, 'started' | 'ended' | 'waited'>[]): number {
  return results.reduce((sum, { started, ended, waited }) => sum + ended - started - waited, 0);
}

/** The same tasks by lanes and inline, one after the other. */
export interface Trial {
  readonly lanes: Run;
  readonly inline: Run;
}

/** Measures both by turns, which of them first alternating; what disturbs the machine disturbs both of a trial. */
export async function runTrials(
  trials: number,
  lanes: WorkLanes,
  measure: (by: WorkLanes) => Promise<Run>,
  signal: AbortSignal,
): Promise<Trial[]> {
  const done: Trial[] = [];
  for (let trial = 0; trial < trials; trial++) {
    signal.throwIfAborted();
    const early = trial % 2 === 0 ? await measure(lanes) : undefined;
    const plain = await measure(inline);
    done.push({ lanes: early ?? (await measure(lanes)), inline: plain });
  }
  return done;
}
