// Tasks well below and well above the break-even, by lanes and inline: do they lose there, and gain here?

import { judgeIntervals, medianInterval, sampled } from '@cookbook/lab/claim';
import type { Context, Figure, Judgement } from '@cookbook/lab/claim';
import { measureRun, RUNS_OF_KEPT, runTrials, tasksOf } from './measure.ts';
import type { Run, Trial } from './measure.ts';
import type { Mechanism, Way } from './recipe.ts';

/**
 * Tasks are tried this far below and above the break-even: on two lanes 1.75 and 0.7 times the time inline, for the short
 * ones of kept lanes 3 and 0.55 times.
 */
const FACTORS = { fresh: { below: 2.5, above: 2.5 }, kept: { below: 5, above: 10 } };
const TRIALS = { fresh: 3, kept: 7 };
/** Work side by side that takes so much more time than alone shares the core: then a gain is not to be had. */
const INFLATION = 1.15;
/** Lanes that waited for so much of the time had neighbours. */
const WAITING = 0.2;

export interface Check {
  readonly mechanism: Mechanism;
  readonly below: Figure;
  readonly above: Figure;
  readonly trialsAbove: readonly Trial[];
}

/** A gain needs cores that are not one and the same: where they share, its absence says nothing. */
export function judgeGain({ above, trialsAbove }: Pick<Check, 'above' | 'trialsAbove'>): Judgement {
  const judgement = judgeIntervals([above]);
  const inflation = medianInterval(trialsAbove.map(({ lanes, inline }) => lanes.work / inline.work)).median;
  const waiting = medianInterval(trialsAbove.map(({ lanes: { wall, time } }) => 1 - time / wall)).median;
  if (judgement.verdict === 'holds' || (inflation <= INFLATION && waiting <= WAITING)) return judgement;
  const why =
    waiting > WAITING
      ? `other programs had the cores for ${Math.round(waiting * 100)} % of the time`
      : `work side by side took ${inflation.toFixed(2)}x its time alone`;
  const apart = above.high / inflation;
  if (waiting <= WAITING && apart < 1) {
    return {
      verdict: 'holds',
      qualifier: 'restricted',
      reason: `${why}; on cores of their own at most ${apart.toFixed(2)}x`,
    };
  }
  return { verdict: 'inconclusive', qualifier: 'contended', reason: `${judgement.reason}: ${why}` };
}

/** Tries a mechanism on both sides of its break-even. `pieces` of work a task are the break-even itself. */
export async function check(
  mechanism: Mechanism,
  way: Way,
  lanes: number,
  pieces: number,
  { signal }: Context,
): Promise<Check> {
  const far = way.kept ? FACTORS.kept : FACTORS.fresh;
  const trials = (factor: number): Promise<Trial[]> => {
    const tasks = tasksOf(lanes, Math.max(1, Math.round(pieces * factor)));
    const measure = (by: Way): Promise<Run> => measureRun(by, tasks, way.kept ? RUNS_OF_KEPT : 1);
    return runTrials(way.kept ? TRIALS.kept : TRIALS.fresh, way, measure, signal);
  };
  const below = await trials(1 / far.below);
  const above = await trials(far.above);
  return {
    mechanism,
    below: sampled(`time by ${mechanism} / inline, at 1/${far.below} of the break-even`, ratios(below), 'x', {
      least: 1,
    }),
    above: sampled(`time by ${mechanism} / inline, at ${far.above} times the break-even`, ratios(above), 'x', {
      most: 1,
    }),
    trialsAbove: above,
  };
}

function ratios(trials: readonly Trial[]): number[] {
  return trials.map(({ lanes, inline }) => lanes.time / inline.time);
}
