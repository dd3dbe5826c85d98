// What the adaptive limit settles at, and what that allows one to say on a host that may be busy.

import { describeFigure, keepsBound } from '@cookbook/lab/claim';
import type { Figure, Judgement } from '@cookbook/lab/claim';

export interface LimitAt {
  /** ms since the start */
  readonly at: number;
  readonly limit: number;
}

/** The limits once it has first shrunk: until then it only climbs. */
export function settled(limits: readonly LimitAt[]): LimitAt[] {
  const first = limits.findIndex(({ limit }, index) => index > 0 && limit < limits[index - 1]!.limit);
  return first === -1 ? [] : limits.slice(first);
}

/** The adaptive limit is to be within this share of the width. */
const WITHIN = 0.2;

/** 'limit': the median of limits, with the interval that holds half of them, for it goes up and down for ever. */
export function settledFigure(limits: readonly number[], width: number): Figure {
  const sorted = limits.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? NaN;
  const bound = { least: (1 - WITHIN) * width, most: (1 + WITHIN) * width };
  const [median, low, high] = [at(0.5), at(0.25), at(0.75)];
  return { key: 'limit', name: 'adaptive limit, settled', median, low, high, unit: 'requests', bound };
}

/** From this share of time without a core on, latency may be that of other programs. */
const DISTURBED_SHARE = 0.1;

/**
 * On a busy host latency grows without a queue at the server, and the limit settles lower: that is inconclusive. So is a
 * limit somewhat off. Nothing of that kind makes it too large.
 *
 * @param waitingShare time without a core, of the wall time; undefined where the system does not say
 */
export function judgeSettled(figure: Figure, width: number, waitingShare: number | undefined): Judgement {
  if (keepsBound(figure)) return { verdict: 'holds' };
  const isNear = figure.median >= width / 2 && figure.median <= width * 1.5;
  const isBusy = figure.median < width && (waitingShare ?? 1) >= DISTURBED_SHARE;
  const seen =
    waitingShare === undefined
      ? 'how busy the host was is not known'
      : `no core for ${Math.round(100 * waitingShare)} % of the time`;
  const reason = isBusy ? `${describeFigure(figure)}; ${seen}` : describeFigure(figure);
  return { verdict: isNear || isBusy ? 'inconclusive' : 'refuted', reason };
}
