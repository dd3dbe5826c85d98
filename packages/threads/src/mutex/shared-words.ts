// The memory of the locks: 32-bit words that every thread sees.

/** An array of 32-bit numbers over memory that is shared between threads. */
export type SharedWords = Int32Array<SharedArrayBuffer>;

/** So many words, all zero. Post the array to a worker: the memory is shared, not copied. */
export function sharedWords(count: number): SharedWords {
  return new Int32Array(new SharedArrayBuffer(count * Int32Array.BYTES_PER_ELEMENT));
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
