// Tasks well below and well above the break-even, by lanes and inline: do they lose there, and gain here?

import { allHold, CONTENDED_SHARE, figureOf, judgeIntervals, median, sampled } from '@cookbook/lab/claim';
import type { Context, Figure, Finding, Judgement } from '@cookbook/lab/claim';
import { breakEven, overheads } from '../recipe.ts';
import { MECHANISMS, openWorkLanes } from './mechanisms.ts';
import type { Mechanism, WorkLanes } from './mechanisms.ts';
import { measureRun, RUNS_OF_KEPT, runTrials, tasksOf } from './undisturbed-time.ts';
import type { Run, Trial } from './undisturbed-time.ts';

const ROUNDS = 4;

/**
 * Tasks are tried this far below and above the break-even: on two lanes 1.75 and 0.7 times the time inline, for the short
 * ones of kept lanes 3 and 0.55 times.
 */
const FACTORS = { fresh: { below: 2.5, above: 2.5 }, kept: { below: 5, above: 10 } };
const TRIALS = { fresh: 3, kept: 7 };
/** To start a lane takes at least so many messages to one that is kept. */
const LEAST_START = 20;
/** Work side by side that takes so much more time than alone shares the core: then a gain is not to be had. */
const INFLATION = 1.15;

/** What was tried of a mechanism. */
interface Tried {
  readonly even: Figure;
  readonly below: Figure;
  readonly above: Figure;
  readonly trialsAbove: readonly Trial[];
}

/**
 * The break-even of each mechanism, and whether tasks well below it take longer than inline, and those well above it less.
 * The figures are `break-even-fresh-thread`, `below-fresh-thread`, `above-fresh-thread`, and so on.
 *
 * @param piecesPerMs pieces of work in a millisecond
 */
export async function belowAndAbove(
  words: string,
  lanes: number,
  piecesPerMs: number,
  context: Context,
): Promise<Finding> {
  const tried: Tried[] = [];
  for (const mechanism of MECHANISMS) {
    context.signal.throwIfAborted();
    const opened = openWorkLanes(mechanism, lanes);
    try {
      tried.push(await tryOut(mechanism, opened, lanes, piecesPerMs, context));
    } finally {
      await opened.close();
    }
  }
  const starts = costOfStarting(tried.map(({ even }) => even));
  const judgement = allHold([judgeIntervals([...starts, ...tried.map(({ below }) => below)]), ...tried.map(judgeGain)]);
  const isRestricted = judgement.qualifier === 'restricted';
  return {
    figures: [...tried.flatMap(({ below, above }) => [below, above]), ...tried.map(({ even }) => even), ...starts],
    judgement,
    words: isRestricted ? `Cores slow one another down here. On cores that do not: ${words}` : words,
  };
}

/** Break-even of lanes that are started for each run / of those that are kept: without the start the two would be one. */
function costOfStarting(evens: readonly Figure[]): Figure[] {
  return (['thread', 'process'] as const).map((kind) => {
    const [fresh, kept] = [`break-even-fresh-${kind}`, `break-even-kept-${kind}`].map((key) => figureOf(evens, key));
    return {
      key: `starting-${kind}`,
      name: `break-even: fresh ${kind} / kept ${kind}`,
      // As wide as the two intervals allow.
      median: fresh!.median / kept!.median,
      low: fresh!.low / kept!.high,
      high: fresh!.high / kept!.low,
      unit: 'x',
      bound: { least: LEAST_START },
    };
  });
}

/** A gain needs cores that are not one and the same: where they share, its absence says nothing. */
export function judgeGain({ above, trialsAbove }: Pick<Tried, 'above' | 'trialsAbove'>): Judgement {
  const judgement = judgeIntervals([above]);
  const inflation = median(trialsAbove.map(({ lanes, inline }) => lanes.work / inline.work));
  const waiting = median(trialsAbove.map(({ lanes: { wall, time } }) => 1 - time / wall));
  if (judgement.verdict === 'holds' || (inflation <= INFLATION && waiting <= CONTENDED_SHARE)) return judgement;
  const why =
    waiting > CONTENDED_SHARE
      ? `other programs had the cores for ${Math.round(waiting * 100)} % of the time`
      : `work side by side took ${inflation.toFixed(2)}x its time alone`;
  const apart = above.high / inflation;
  if (waiting <= CONTENDED_SHARE && apart < 1) {
    return {
      verdict: 'holds',
      qualifier: 'restricted',
      reason: `${why}; on cores of their own at most ${apart.toFixed(2)}x`,
    };
  }
  return { verdict: 'inconclusive', qualifier: 'contended', reason: `${judgement.reason}: ${why}` };
}

/** Measures the break-even of a mechanism, and tries the mechanism on both sides of it. */
async function tryOut(
  mechanism: Mechanism,
  opened: WorkLanes,
  lanes: number,
  piecesPerMs: number,
  { signal }: Context,
): Promise<Tried> {
  const runs = opened.kept ? RUNS_OF_KEPT : 1;
  const time = async (): Promise<number> => (await measureRun(opened, tasksOf(lanes, 0), runs)).time;
  const evens = (await overheads(opened, tasksOf(lanes, 0), ROUNDS, time)).map((ms) => breakEven(ms, lanes));
  const pieces = median(evens) * piecesPerMs;
  const far = opened.kept ? FACTORS.kept : FACTORS.fresh;
  const trials = (factor: number): Promise<Trial[]> => {
    const tasks = tasksOf(lanes, Math.max(1, Math.round(pieces * factor)));
    const measure = (by: WorkLanes): Promise<Run> => measureRun(by, tasks, runs);
    return runTrials(opened.kept ? TRIALS.kept : TRIALS.fresh, opened, measure, signal);
  };
  const below = await trials(1 / far.below);
  const above = await trials(far.above);
  const key = mechanism.replace(' ', '-');
  const name = (factor: string): string => `time by ${mechanism} / inline, at ${factor} the break-even`;
  return {
    even: sampled(`break-even-${key}`, `break-even, ${mechanism}: work a task`, evens, 'ms'),
    below: sampled(`below-${key}`, name(`1/${far.below} of`), ratios(below), 'x', { least: 1 }),
    above: sampled(`above-${key}`, name(`${far.above} times`), ratios(above), 'x', { most: 1 }),
    trialsAbove: above,
  };
}

function ratios(trials: readonly Trial[]): number[] {
  return trials.map(({ lanes, inline }) => lanes.time / inline.time);
}
