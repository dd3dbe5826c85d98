// MurmurHash3, the variant for 32 bits (Austin Appleby, public domain: github.com/aappleby/smhasher, MurmurHash3.cpp,
// MurmurHash3_x86_32), which scikit-learn's FeatureHasher uses with the seed 0. npm's `murmurhash` has it too, but takes a
// string or an array of its own for each term: here terms lie one behind the other in one.

const C1 = 0xcc_9e_2d_51;
const C2 = 0x1b_87_35_93;

/** The hash of the bytes from `start` to `end`, a signed integer of 32 bits. */
export function murmurHash3(bytes: Uint8Array, start = 0, end: number = bytes.length, seed = 0): number {
  let hash = seed | 0;
  const tail = start + ((end - start) & ~3);
  for (let at = start; at < tail; at += 4) {
    hash ^= scramble(bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24));
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6_54_6b_64) | 0;
  }
  let rest = 0;
  for (let at = end - 1; at >= tail; at--) rest = (rest << 8) | bytes[at]!;
  hash ^= scramble(rest) ^ (end - start);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85_eb_ca_6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2_b2_ae_35);
  return hash ^ (hash >>> 16);
}

/** What a block of four bytes adds; nothing where they are 0. */
function scramble(block: number): number {
  const mixed = Math.imul(block, C1);
  return Math.imul((mixed << 15) | (mixed >>> 17), C2);
}
