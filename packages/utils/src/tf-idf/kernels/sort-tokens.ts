// Sorts the tokens that lie in a kernel's memory, by the kernel of `terms.as.ts`.

import type { ByteStrings } from '../terms/byte-strings.ts';
import { sharedBytes, sharedUint32 } from '../terms/shared-arrays.ts';
import type { KernelMemory } from './kernel-memory.ts';
import { instantiate } from './web-assembly.ts';
import type { Variable } from './web-assembly.ts';

/** What `terms.wasm` exports; see `terms.as.ts`. */
interface Sorting extends Record<'bytes' | 'starts' | 'counts' | 'entries' | 'others' | 'parts', Variable> {
  sort(first: number, count: number, order: number): void;
  arrange(order: number, count: number, to: number, toStarts: number): number;
}

const ENTRY = 16;
const PART = 12;
/** Strings are copied by eight bytes. */
const BEYOND = 8;

/**
 * Tokens in the order of their bytes, in shared memory, and for each its number.
 *
 * @param bytes, starts where the tokens' bytes are, and where each starts in them
 * @param first, count those to sort, by their numbers
 */
export function sortTokens(
  memory: KernelMemory,
  bytes: number,
  starts: number,
  first: number,
  count: number,
): { strings: ByteStrings; order: Int32Array } {
  const sorting = instantiate('terms', memory.memory) as Sorting;
  const used = memory.integers[(starts >> 2) + first + count]!;
  sorting.bytes.value = bytes;
  sorting.starts.value = starts;
  sorting.counts.value = memory.allocate(8 * 256 * 4);
  sorting.entries.value = memory.allocate(ENTRY * count);
  sorting.others.value = memory.allocate(ENTRY * count);
  sorting.parts.value = memory.allocate(PART * (count / 2 + 1));
  const order = memory.allocate(4 * count);
  sorting.sort(first, count, order);
  const arranged = memory.allocate(used + BEYOND);
  const arrangedStarts = memory.allocate(4 * (count + 1));
  const length = sorting.arrange(order, count, arranged, arrangedStarts);
  const strings = { bytes: sharedBytes(length), starts: sharedUint32(count + 1) };
  strings.bytes.set(memory.bytes.subarray(arranged, arranged + length));
  strings.starts.set(memory.integers.subarray(arrangedStarts >> 2, (arrangedStarts >> 2) + count + 1));
  return { strings, order: memory.integers.slice(order >> 2, (order >> 2) + count) };
}
