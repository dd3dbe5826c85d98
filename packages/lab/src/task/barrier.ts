// A meeting point for threads, so that what they are to do at the same time starts at the same time.

/**
 * Waits until `threads` threads have come to the same word, as often as they like: the word counts arrivals, and every
 * multiple of `threads` opens the barrier once more. Sleeps while it waits, and blocks the event loop of its thread.
 *
 * @param memory shared, the word at `at` zero before the first arrival
 * @param timeLimit ms; a thread that gives up has still been counted
 * @returns whether all of them came
 * @throws RangeError where `threads` is not an integer from 1 up
 */
export function meet(memory: Int32Array, at: number, threads: number, timeLimit = Infinity): boolean {
  if (!Number.isInteger(threads) || threads < 1) {
    throw new RangeError(`Expected \`threads\` to be an integer from 1 up, got ${threads}`);
  }
  const deadline = performance.now() + timeLimit;
  const arrival = Atomics.add(memory, at, 1) + 1;
  const last = Math.ceil(arrival / threads) * threads;
  if (arrival === last) Atomics.notify(memory, at);

  for (let here; (here = Atomics.load(memory, at)) < last;) {
    const left = deadline - performance.now();
    if (left <= 0) return false;
    Atomics.wait(memory, at, here, left);
  }
  return true;
}
