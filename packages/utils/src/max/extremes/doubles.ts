// The largest and the smallest of many doubles. Memory can deliver them several times as fast as `reduce` takes them, so
// the loop is written for the compiler: sixteen values are passed over by sixteen comparisons and nothing else, since
// all of them are mostly smaller than the largest so far. A NaN is not `<=` anything, and falls out of the same
// comparison without one of its own.

const STEP = 16;

/** The largest of `best` and the values from `from` up to but not including `to`; NaN where one is. -0 is less than 0. */
export function largest(values: Float64Array, best: number, from: number, to: number): number {
  const found = largestByOrder(values, best, from, to);
  return Object.is(found, -0) && hasZero(values, 0, from, to) ? 0 : found;
}

/** The smallest of `best` and the values from `from` up to but not including `to`; NaN where one is. -0 is less than 0. */
export function smallest(values: Float64Array, best: number, from: number, to: number): number {
  const found = smallestByOrder(values, best, from, to);
  return Object.is(found, 0) && hasZero(values, -0, from, to) ? -0 : found;
}

function largestByOrder(v: Float64Array, best: number, from: number, to: number): number {
  let i = from;
  for (; i + STEP <= to; i += STEP) {
    // prettier-ignore
    if (
      v[i]! <= best && v[i + 1]! <= best && v[i + 2]! <= best && v[i + 3]! <= best &&
      v[i + 4]! <= best && v[i + 5]! <= best && v[i + 6]! <= best && v[i + 7]! <= best &&
      v[i + 8]! <= best && v[i + 9]! <= best && v[i + 10]! <= best && v[i + 11]! <= best &&
      v[i + 12]! <= best && v[i + 13]! <= best && v[i + 14]! <= best && v[i + 15]! <= best
    ) continue;
    for (let j = i; j < i + STEP; j++) best = Math.max(best, v[j]!);
  }
  for (; i < to; i++) best = Math.max(best, v[i]!);
  return best;
}

function smallestByOrder(v: Float64Array, best: number, from: number, to: number): number {
  let i = from;
  for (; i + STEP <= to; i += STEP) {
    // prettier-ignore
    if (
      v[i]! >= best && v[i + 1]! >= best && v[i + 2]! >= best && v[i + 3]! >= best &&
      v[i + 4]! >= best && v[i + 5]! >= best && v[i + 6]! >= best && v[i + 7]! >= best &&
      v[i + 8]! >= best && v[i + 9]! >= best && v[i + 10]! >= best && v[i + 11]! >= best &&
      v[i + 12]! >= best && v[i + 13]! >= best && v[i + 14]! >= best && v[i + 15]! >= best
    ) continue;
    for (let j = i; j < i + STEP; j++) best = Math.min(best, v[j]!);
  }
  for (; i < to; i++) best = Math.min(best, v[i]!);
  return best;
}

/** Whether a zero of that sign is among the values: `<=` does not distinguish the two zeros. */
function hasZero(v: Float64Array, zero: number, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (v[i] === 0 && Object.is(v[i], zero)) return true;
  return false;
}
