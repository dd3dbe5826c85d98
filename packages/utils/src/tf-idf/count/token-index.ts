// The tokens of a vocabulary as a hash table in shared memory, for the workers to look theirs up in.

import type { ByteStrings } from '../terms/byte-strings.ts';
import { sharedInt32 } from '../terms/shared-arrays.ts';
import { NONE } from '../terms/terms.ts';
import { AS_IT_IS, mix, SLOT, TokenTable } from './token-table.ts';

/** The slots of a table whose numbers are those of the tokens. */
export function indexTokens({ bytes, starts }: ByteStrings): Int32Array {
  const table = new TokenTable();
  for (let token = 0; token + 1 < starts.length; token++)
    table.add(bytes, starts[token]!, starts[token + 1]!, AS_IT_IS);
  const index = sharedInt32(table.slots.length);
  index.set(table.slots);
  return index;
}

/** For each number of a table its token in the vocabulary, NONE where it is not there. */
export function findTokens(table: TokenTable, index: Int32Array, vocabulary: ByteStrings): Int32Array {
  const found = new Int32Array(table.count);
  const { slots } = table;
  for (let slot = 0; slot < slots.length; slot += SLOT) {
    if (slots[slot + 2] === 0) continue;
    found[slots[slot + 2]! - 1] = findToken(table, slot, index, vocabulary);
  }
  return found;
}

function findToken(
  { slots, bytes, starts }: TokenTable,
  slot: number,
  index: Int32Array,
  vocabulary: ByteStrings,
): number {
  const [low, high, number] = [slots[slot]!, slots[slot + 1]!, slots[slot + 2]! - 1];
  const start = starts[number]!;
  const length = starts[number + 1]! - start;
  const last = index.length - 1;
  for (let place = (mix(low, high) * SLOT) & last; index[place + 2] !== 0; place = (place + SLOT) & last) {
    if (index[place] !== low || index[place + 1] !== high) continue;
    const token = index[place + 2]! - 1;
    if (length <= 8 || isAt(vocabulary, token, bytes, start, length)) return token;
  }
  return NONE;
}

function isAt({ bytes, starts }: ByteStrings, token: number, other: Uint8Array, at: number, length: number): boolean {
  const start = starts[token]!;
  if (starts[token + 1]! - start !== length) return false;
  for (let n = 0; n < length; n++) if (bytes[start + n] !== other[at + n]) return false;
  return true;
}
