// What a sweep and an adaptive run allow one to say on a host that may be busy: it can hide a knee, not make one.

import { counted, describeFigure, keepsBound } from '@cookbook/lab/claim';
import type { Figure, Judgement } from '@cookbook/lab/claim';

/** The knee stands where the server's width is. Its neighbour in the sweep is what a busy client may see instead. */
export function judgeKnee(knee: number, width: number): Judgement {
  if (knee === width) return { verdict: 'holds' };
  const reason = `the knee is at ${knee} in flight, where the server works on ${width} at once`;
  return { verdict: knee === width / 2 || knee === width * 2 ? 'inconclusive' : 'refuted', reason };
}

/** The adaptive limit is to be within this share of the width. */
export const ADAPTED_WITHIN = 0.2;

export function adaptedFigure(limits: readonly number[], width: number): Figure {
  const sorted = limits.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? NaN;
  const bound = { least: (1 - ADAPTED_WITHIN) * width, most: (1 + ADAPTED_WITHIN) * width };
  // Half of the time the limit is between low and high: it goes up and down for ever, by its nature.
  return { name: 'adaptive limit, settled', median: at(0.5), low: at(0.25), high: at(0.75), unit: 'requests', bound };
}

/** From this share of waiting for a core on, latency tells of other programs. */
const BUSY_SHARE = 0.1;

/**
 * On a busy host latency grows without a queue at the server, and the limit settles lower: that is inconclusive. So is a
 * limit somewhat off. Nothing of that kind makes it too large.
 *
 * @param waitingShare time without a core, of the wall time; undefined where the system does not tell
 */
export function judgeAdapted(adapted: Figure, width: number, waitingShare: number | undefined): Judgement {
  if (keepsBound(adapted)) return { verdict: 'holds' };
  const isNear = adapted.median >= width / 2 && adapted.median <= width * 1.5;
  const isBusy = adapted.median < width && (waitingShare ?? 1) >= BUSY_SHARE;
  const seen =
    waitingShare === undefined
      ? 'how busy the host was is not known'
      : `no core for ${percent(waitingShare)} of the time`;
  const reason = isBusy ? `${describeFigure(adapted)}; ${seen}` : describeFigure(adapted);
  return { verdict: isNear || isBusy ? 'inconclusive' : 'refuted', reason };
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

/** Figures of one run each, whose bounds have a wide margin: one that is missed tells of the host. */
export function judgeWide(figures: readonly Figure[]): Judgement {
  const missed = figures.filter((figure) => !keepsBound(figure));
  if (missed.length === 0) return { verdict: 'holds' };
  return { verdict: 'inconclusive', reason: missed.map(describeFigure).join('; ') };
}

export const none = (name: string, count: number): Figure => counted(name, count, 'requests', { most: 0 });
