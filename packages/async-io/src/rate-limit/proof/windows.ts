// How many of some moments lie within any stretch of time.

/** The most moments within any `ms`, both ends included. */
export function mostWithin(moments: readonly number[], ms: number): number {
  const sorted = moments.toSorted((a, b) => a - b);
  let [most, first] = [0, 0];
  for (const [last, at] of sorted.entries()) {
    while (at - sorted[first]! > ms) first++;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
