// The trials as findings.

import { atOnce, counted, counts, exactly } from '@cookbook/lab/claim';
import type { Context, Finding } from '@cookbook/lab/claim';
import { runTrials } from './repeats.ts';
import type { Seen, Trial } from './repeats.ts';

/** Pairs of processes under the lock, of which one is killed in the middle of a run. */
const KILLS = 3;
/** More than one interval without the gate is to have under way: 100, 100 and 50 ms of 250. */
const WITHOUT = 3;

const TRIALS: readonly Trial[] = [
  { gate: 'any', processes: 1, runs: { all: 6 } },
  { gate: 'process', processes: 1, runs: { all: 3 } },
  { gate: 'process', processes: 2, runs: { each: 3 } },
  ...Array.from({ length: KILLS }, (): Trial => ({ gate: 'machine', processes: 2, runs: { all: 3 }, kill: true })),
];

export interface Repeats {
  readonly any: Seen;
  readonly one: Seen;
  readonly two: Seen;
  readonly killed: readonly Seen[];
}

export async function repeatInAllWays({ screen, signal }: Pick<Context, 'screen' | 'signal'>): Promise<Repeats> {
  signal.throwIfAborted();
  screen.draw('… no-overlap: processes repeat work of 250 ms every 100 ms');
  const [any, one, two, ...killed] = (await runTrials(TRIALS)) as [Seen, Seen, Seen, ...Seen[]];
  return { any, one, two, killed };
}

export function withoutGate(words: string, { any }: Repeats): Finding {
  return atOnce(words, 'any', 'an interval alone: runs at once', any.most, WITHOUT, 'runs');
}

export function inOneProcess(words: string, { one }: Repeats): Finding {
  return counts(words, counted('one', 'a guard, in 1 process: runs at once', one.most, 'runs', exactly(1)));
}

export function inTwoProcesses(words: string, { two }: Repeats): Finding {
  return atOnce(words, 'two', 'a guard in each of 2 processes: runs at once', two.most, 2, 'runs');
}

export function underTheLock(words: string, { killed }: Repeats): Finding {
  const most = Math.max(...killed.map((seen) => seen.most));
  const runs = killed.reduce((sum, seen) => sum + seen.runs, 0);
  return counts(
    words,
    counted('locked', 'the lock, in 2 processes: runs at once', most, 'runs', exactly(1)),
    counted('locked-runs', `the lock: runs in ${KILLS} pairs of processes`, runs, 'runs', { least: 6 * KILLS }),
  );
}

/** A kill that came too late, when its run had ended, shows nothing: it is not decided then, and tried again. */
export function afterAKill(words: string, { killed }: Repeats): Finding {
  const cutOff = killed.filter((seen) => seen.cutOff === 1).length;
  const wentOn = killed.filter((seen) => seen.after >= 2).length;
  const finding = counts(
    words,
    counted('went-on', 'the lock: after a kill the other process went on', wentOn, 'pairs', exactly(KILLS)),
    counted('cut-off', 'the lock: kills in the middle of a run', cutOff, 'kills', exactly(KILLS)),
  );
  if (cutOff === KILLS) return finding;
  const reason = `${KILLS - cutOff} of ${KILLS} kills came when the run had ended`;
  return { ...finding, judgement: { verdict: 'inconclusive', reason } };
}
