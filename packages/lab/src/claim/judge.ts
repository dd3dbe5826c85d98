// Judges noisy figures by their intervals, where the median alone would be a coin toss near its bound.

import { allHold } from './claim.ts';
import type { Figure, Judgement } from './claim.ts';
import { describeFigure } from '../show/wording.ts';

/**
 * Holds where the whole interval of every figure keeps its bound, refuted where the whole interval of one is beyond it,
 * inconclusive where one straddles. A figure without a bound is not judged.
 */
export function judgeIntervals(figures: readonly Figure[]): Judgement {
  return allHold(figures.map(judgeInterval));
}

function judgeInterval(figure: Figure): Judgement {
  const { low, high, bound } = figure;
  const least = bound?.least ?? -Infinity;
  const most = bound?.most ?? Infinity;
  if (low >= least && high <= most) return { verdict: 'holds' };
  const verdict = high < least || low > most ? 'refuted' : 'inconclusive';
  return { verdict, reason: describeFigure(figure) };
}
