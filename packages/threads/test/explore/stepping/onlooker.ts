// A look at the words by the code of a recipe, when no party runs.

import type { SharedWords } from '../../../src/mutex/shared-words.ts';
import { becomeThread } from './thread-id.ts';

/** Shared memory of these words. */
export function memoryOf(words: readonly number[]): SharedWords {
  const memory = new Int32Array(new SharedArrayBuffer(words.length * Int32Array.BYTES_PER_ELEMENT));
  memory.set(words);
  return memory;
}

/** Calls `look` with the real `Atomics`, as a thread of its own. */
export function asOnlooker<T>(look: () => T): T {
  becomeThread(1_000);
  return look();
}
