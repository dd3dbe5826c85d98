// What a sweep allows one to say on a host that may be busy: it can hide a knee, not make one.

import { describeFigure, formatNumber, keepsBound } from '@cookbook/lab/claim';
import type { Figure, Judgement } from '@cookbook/lab/claim';

/** The knee is the least limit with this share of the best goodput. */
const ENOUGH = 0.9;

/**
 * The knee stands where the server's width is. Its neighbour in the sweep is what a busy client may see instead, but only
 * where the measured points have it there: one that they contradict is refuted, however busy the host.
 *
 * @param points the goodput of each limit
 */
export function judgeKnee(
  knee: number,
  width: number,
  points: readonly { limit: number; goodput: number }[],
): Judgement {
  const enough = ENOUGH * Math.max(...points.map(({ goodput }) => goodput));
  const wrong = points.find(
    ({ limit, goodput }) => (limit < knee && goodput >= enough) || (limit === knee && goodput < enough),
  );
  if (wrong !== undefined) {
    const gets = `${formatNumber(wrong.goodput)} good answers a second with ${wrong.limit} in flight`;
    return { verdict: 'refuted', reason: `the knee is taken to be at ${knee} in flight, against ${gets}` };
  }
  if (knee === width) return { verdict: 'holds' };
  const reason = `the knee is at ${knee} in flight, where the server works on ${width} at once`;
  return { verdict: knee === width / 2 || knee === width * 2 ? 'inconclusive' : 'refuted', reason };
}

/** Figures of one run each, whose bounds have a wide margin: one that is missed may be the host's doing. */
export function judgeWide(figures: readonly Figure[]): Judgement {
  const missed = figures.filter((figure) => !keepsBound(figure));
  if (missed.length === 0) return { verdict: 'holds' };
  return { verdict: 'inconclusive', reason: missed.map(describeFigure).join('; ') };
}
