// What there is without SIMD, and what SIMD is compared with.

/**
 * A plain loop, the quickest that V8 makes: sixteen comparisons a step, which are all true while nothing larger comes. A NaN
 * is not `<=` anything. In blocks, since a function that is called often is compiled better than one long loop.
 */
export function largestByLoop(values: Float64Array): number {
  let best = -Infinity;
  for (let start = 0; start < values.length; start += 16_384)
    best = ofBlock(values.subarray(start, start + 16_384), best);
  return best === 0 && values.some((value) => Object.is(value, 0)) ? 0 : best;
}

function ofBlock(v: Float64Array, best: number): number {
  let i = 0;
  for (; i + 16 <= v.length; i += 16) {
    // prettier-ignore
    if (
      v[i]! <= best && v[i + 1]! <= best && v[i + 2]! <= best && v[i + 3]! <= best &&
      v[i + 4]! <= best && v[i + 5]! <= best && v[i + 6]! <= best && v[i + 7]! <= best &&
      v[i + 8]! <= best && v[i + 9]! <= best && v[i + 10]! <= best && v[i + 11]! <= best &&
      v[i + 12]! <= best && v[i + 13]! <= best && v[i + 14]! <= best && v[i + 15]! <= best
    ) continue;
    for (let j = i; j < i + 16; j++) best = Math.max(best, v[j]!);
  }
  for (; i < v.length; i++) best = Math.max(best, v[i]!);
  return best;
}
