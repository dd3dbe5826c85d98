// The speedup of requests in flight over one after another, and what it allows one to say.

import { formatNumber, median, sampled } from '@cookbook/lab/claim';
import type { Figure, Judgement } from '@cookbook/lab/claim';
import type { Measured } from './trials.ts';

/** Of the requests in flight, at least this share has to be gained. */
const LEAST_SHARE = 0.9;
/** Below this share no busy host explains it: the requests did not overlap. */
const WRONG_SHARE = 0.5;

/**
 * Observed speedup of every trial: the best time of a request in sequence, times the requests, over the time that they
 * took. The best, since a host only ever lengthens it: no disturbance of the sequence makes a speedup of it.
 */
export function speedupsOf({ trials, requests }: Measured, sequence: Measured): number[] {
  return trials.map(({ wall }) => (alone(sequence) * requests) / wall);
}

/**
 * Potential speedup of every trial: the same without the time for which client or server had no core, and at most as
 * much as there are requests in flight, since both may have waited at once. Empty where the system does not say.
 */
export function potentialsOf({ trials, requests, inFlight }: Measured, sequence: Measured): number[] {
  return trials.flatMap(({ wall, waited }) =>
    waited === undefined ? [] : Math.min(inFlight, (alone(sequence) * requests) / Math.max(1, wall - waited)),
  );
}

/** ms of a request in sequence. */
function alone({ trials, requests }: Measured): number {
  return Math.min(...trials.map(({ wall }) => wall)) / requests;
}

/** The figure `KEY-speedup`, bounded where the way is judged. */
export function speedupFigure(way: Measured, sequence: Measured, isJudged: boolean): Figure {
  const bound = isJudged ? { least: leastOf(way) } : undefined;
  return sampled(`${way.key}-speedup`, `${way.name}: speedup`, speedupsOf(way, sequence), 'x', bound);
}

/** Whether two trials have reached the bound. */
export function isFast(way: Measured, sequence: Measured): boolean {
  return secondBest(speedupsOf(way, sequence)) >= leastOf(way);
}

/**
 * Holds where the second best of the trials reaches the bound: requests that do not overlap never get near it. Where the
 * potential speedup alone reaches it, it holds too, contended. It is refuted where not even half of it is reached;
 * between the two the host was too busy to judge.
 */
export function judgeFast(way: Measured, sequence: Measured): Judgement {
  const observed = speedupsOf(way, sequence);
  const bound = leastOf(way);
  const typical = median(observed);
  const seen = `${way.name}: a speedup of ${formatNumber(typical)}x, where ${formatNumber(bound)}x was expected`;
  if (isFast(way, sequence)) {
    return typical >= bound ? { verdict: 'holds' } : { verdict: 'holds', qualifier: 'contended', reason: seen };
  }
  if (secondBest(observed) < WRONG_SHARE * way.inFlight) return { verdict: 'refuted', reason: seen };
  const potential = secondBest(potentialsOf(way, sequence));
  if (potential < bound) return { verdict: 'inconclusive', reason: seen };
  const without = `${formatNumber(potential)}x without the time for which client or server had no core`;
  return { verdict: 'holds', qualifier: 'contended', reason: `${seen}; ${without}` };
}

function leastOf({ inFlight }: Measured): number {
  return LEAST_SHARE * inFlight;
}

function secondBest(values: readonly number[]): number {
  return values.toSorted((a, b) => b - a)[Math.min(1, values.length - 1)] ?? 0;
}
