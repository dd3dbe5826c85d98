// The best of many.

/**
 * The documents with the highest scores, the best first; of equal ones the first. By insertion into a short list: most of
 * many are worse than its last.
 *
 * @param limit how many at most, from 1 up
 */
export function bestOf(documents: Iterable<number>, scores: Float64Array, limit: number): number[] {
  const before = (a: number, b: number): boolean => scores[a]! > scores[b]! || (scores[a] === scores[b] && a < b);
  const best: number[] = [];
  for (const document of documents) {
    if (best.length === limit && !before(document, best.at(-1)!)) continue;
    let [low, high] = [0, best.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (before(document, best[middle]!)) high = middle;
      else low = middle + 1;
    }
    best.splice(low, 0, document);
    if (best.length > limit) best.pop();
  }
  return best;
}
