// What the locks share: 32-bit words that every thread sees, and the sections that run under a lock.

/** An array of 32-bit numbers over memory that is shared between threads. */
export type SharedWords = Int32Array<SharedArrayBuffer>;

/** So many words, all zero. Post the array to a worker: the memory is shared, not copied. */
export function sharedWords(count: number): SharedWords {
  return new Int32Array(new SharedArrayBuffer(count * Int32Array.BYTES_PER_ELEMENT));
}

/** What runs under a lock: a function that is done when it returns. One that returns a promise is a type error. */
export type Section<T> = (() => T) & ([T] extends [never] ? unknown : T extends PromiseLike<unknown> ? never : unknown);

/**
 * The result of a section. A promise is refused: the lock would be given back at the first `await`, with the work not done.
 *
 * @throws TypeError where it is a promise
 */
export function expectDone<T>(result: T): T {
  if (typeof (result as PromiseLike<unknown> | undefined)?.then !== 'function') return result;
  throw new TypeError('Expected the section to be done when it returns, got a promise');
}

/**
 * Runs `wait`, which waits by `Atomics.waitAsync`, with a promise that rejects where the signal is aborted. Keeps the thread
 * alive meanwhile: such a wait alone does not, and the thread would end with exit code 13, the promise unsettled.
 */
export async function whileWaiting<T>(
  signal: AbortSignal | undefined,
  wait: (aborted: Promise<never>) => Promise<T>,
): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal!.reason as Error);
  signal?.addEventListener('abort', abort);
  const alive = setInterval(() => {}, 2 ** 30);
  try {
    return await wait(aborted);
  } finally {
    clearInterval(alive);
    signal?.removeEventListener('abort', abort);
  }
}

/**
 * Refuses at once what would fail later, in the first thread that has to sleep.
 *
 * @throws TypeError where the memory is not shared
 * @throws RangeError where `at` and the words after it do not lie in it
 */
export function expectWords(memory: SharedWords, at: number, count: number): void {
  if (!(memory instanceof Int32Array) || !(memory.buffer instanceof SharedArrayBuffer)) {
    throw new TypeError('Expected `memory` to be an Int32Array over a SharedArrayBuffer');
  }
  const last = memory.length - count;
  if (!Number.isInteger(at) || at < 0 || at > last) {
    throw new RangeError(`Expected \`at\` to be an integer from 0 to ${last}, got ${at}`);
  }
}
