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
