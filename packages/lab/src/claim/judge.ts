// From figures to a judgement. Every share that means "busy" or "contended" stands here, once.

import { describeBound, describeFigure, describeValue, keepsBound } from './figure.ts';
import type { Figure } from './figure.ts';

export type Verdict = 'holds' | 'refuted' | 'inconclusive' | 'cannot-show';

/** Why a verdict rests on less than a quiet machine would give: busy neighbours, or fewer cores than it seems. */
export type Qualifier = 'contended' | 'restricted';

export interface Judgement {
  readonly verdict: Verdict;
  readonly qualifier?: Qualifier;
  readonly reason?: string;
  /** Set where what refutes was counted: once is enough. What was timed has to be seen in a second measurement. */
  readonly counted?: true;
}

/** Lanes that waited for a core for this share of the time they could have run: other programs had the cores. */
export const CONTENDED_SHARE = 0.2;

/** From this share of busy time of all cores on, no program gets a core when it needs one. */
export const BUSY_SHARE = 0.9;

/** From bad to good: of several judgements the worst one stands. */
const FROM_WORST: readonly Verdict[] = ['refuted', 'inconclusive', 'cannot-show', 'holds'];

/** 0 for the worst verdict, 3 for the best. */
export function rankOf(verdict: Verdict): number {
  return FROM_WORST.indexOf(verdict);
}

/** One judgement of several that must all hold: the worst verdict, every reason for it, the first qualifier. */
export function allHold(judgements: readonly Judgement[]): Judgement {
  const verdict = FROM_WORST.find((worst) => judgements.some((judgement) => judgement.verdict === worst)) ?? 'holds';
  const decisive = judgements.filter((judgement) => judgement.verdict === verdict);
  const reason = decisive.flatMap((judgement) => judgement.reason ?? []).join('; ');
  const qualifier = decisive.find((judgement) => judgement.qualifier)?.qualifier;
  const wasCounted = decisive.some((judgement) => judgement.counted);
  return {
    verdict,
    ...(qualifier && { qualifier }),
    ...(reason && { reason }),
    ...(wasCounted && { counted: true as const }),
  };
}

/** Holds when every figure keeps its bound, refuted otherwise: for what is counted, and no busy host can change. */
export function judgeBounds(figures: readonly Figure[]): Judgement {
  const broken = figures.filter((figure) => !keepsBound(figure));
  if (broken.length === 0) return { verdict: 'holds' };
  return { verdict: 'refuted', counted: true, reason: broken.map(describeBreach).join('; ') };
}

/** 'requests lost: 3 requests, expected never' */
export function describeBreach(figure: Figure): string {
  return `${figure.name}: ${describeValue(figure)}, expected ${describeBound(figure)}`;
}

/**
 * Holds where the whole interval of every figure keeps its bound, refuted where the whole interval of one is beyond it,
 * inconclusive where one straddles: the median alone would be a coin toss near a bound. A figure without one is not judged.
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

/**
 * How many were in flight at once, against the figure's upper bound: as many as were started together. More refute, and
 * so does one at a time; fewer are what a busy host makes of it, where the first is over before the last has begun.
 */
export function judgeAtOnce({ name, median: most, bound }: Figure): Judgement {
  const expected = bound?.most ?? Infinity;
  if (most === expected) return { verdict: 'holds' };
  const reason = `${name}: ${most}, expected ${expected}`;
  if (most > expected) return { verdict: 'refuted', counted: true, reason };
  return { verdict: most <= 1 ? 'refuted' : 'inconclusive', reason };
}
