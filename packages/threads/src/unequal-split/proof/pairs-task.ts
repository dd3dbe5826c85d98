// The work: pairs of points that lie close to each other, each row compared with all rows before it.

import { computing, probe } from '@cookbook/lab/task';
import type { LaneReport } from '@cookbook/lab/task';
import type { Part } from '../recipe.ts';

export interface PairsReport extends LaneReport {
  readonly pairs: number;
}

const CLOSE = 10;

/** Pairs within the part whose points are less than CLOSE apart in both directions. */
export function closePairs({ from, to, step }: Part): number {
  let count = 0;
  const computed = computing();
  for (let row = from; row < to; row += step) {
    count += closeBefore(row);
    computed();
  }
  return count;
}

/** A function of its own, called for every row: V8 compiles what is called often better than one long loop. */
function closeBefore(row: number): number {
  let count = 0;
  for (let other = 0; other < row; other++) {
    if (Math.abs(x(row) - x(other)) < CLOSE && Math.abs(y(row) - y(other)) < CLOSE) count++;
  }
  return count;
}

// Points scattered over a square of 1,024 by Fibonacci hashing: multiplication by 2^32 over the golden ratio (Knuth,
// The Art of Computer Programming, volume 3, section 6.4), of which the upper bits are taken.
function x(row: number): number {
  return Math.imul(row, 2_654_435_769) >>> 22;
}
function y(row: number): number {
  return Math.imul(Math.imul(row, 2_654_435_769) ^ row, 1_640_531_527) >>> 22;
}

export default function task(part: Part): PairsReport {
  let pairs = 0;
  const report = probe(() => {
    pairs = closePairs(part);
  });
  return { ...report, pairs };
}
