// Things that are tried some at a time, and told in their order.

/**
 * Calls `work` for each item, so many at a time, and yields the results in the order of the items.
 *
 * @throws what `work` throws, once the results before it are yielded; nothing is begun after it
 */
export async function* together<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const results: Promise<R>[] = [];
  for (let next = 0; next < items.length; next++) {
    while (results.length < Math.min(items.length, next + width)) {
      const result = work(items[results.length]!);
      result.catch(() => {}); // it is awaited in its turn
      results.push(result);
    }
    yield await results[next]!;
  }
}
