// What a sweep allows one to say on a host that may be busy: it can hide a knee, not make one.

import { describeFigure, keepsBound } from '@cookbook/lab/claim';
import type { Figure, Judgement } from '@cookbook/lab/claim';

/** The knee stands where the server's width is. Its neighbour in the sweep is what a busy client may see instead. */
export function judgeKnee(knee: number, width: number): Judgement {
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
