// The knee of a curve of goodput, by rule.

import { goodput } from './load.ts';
import type { Point } from './sweep.ts';

/** So much of the best goodput is as good as the best. */
const ENOUGH = 0.9;

/**
 * The smallest limit whose goodput is at least 90 % of the best one: from there on more requests in flight gain next to
 * nothing, and each of them waits.
 *
 * @throws RangeError where there is no point
 */
export function kneeOf(points: readonly Pick<Point, 'limit' | 'good' | 'wall'>[]): number {
  const best = Math.max(...points.map(goodput));
  const knee = points.toSorted((a, b) => a.limit - b.limit).find((point) => goodput(point) >= ENOUGH * best);
  if (!knee) throw new RangeError('Expected at least one point, got none');
  return knee.limit;
}
