// Claim      Workers that draw from streams of Philox get the same numbers wherever they run, and no two streams are alike.
//            Given one stream, all workers draw alike.
// Mechanism  Number n of stream k is a function of seed, n and k: no state is passed on.
// Use when   a simulation runs in several workers and must be repeatable.
// Do not     use it for secrets.
// Copy       recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/processes/src/main.ts random-streams

// Philox4x32-10. Streams differ in their key (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3",
// SC 2011).

const MULTIPLIER = [0xd2511f53, 0xcd9e8d57] as const;
const KEY_STEP = [0x9e3779b9, 0xbb67ae85] as const;
const ROUNDS = 10;

/** Four words of 32 bits for a counter of four words and a key of two; written over the counter. */
export function philox(counter: Uint32Array, key0: number, key1: number): void {
  let [c0, c1, c2, c3] = [counter[0]!, counter[1]!, counter[2]!, counter[3]!];
  let [k0, k1] = [key0, key1];
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(MULTIPLIER[0], c0);
    const high1 = multiplyHigh(MULTIPLIER[1], c2);
    const low0 = Math.imul(MULTIPLIER[0], c0);
    const low1 = Math.imul(MULTIPLIER[1], c2);
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c1 = low1 >>> 0;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c3 = low0 >>> 0;
    k0 = (k0 + KEY_STEP[0]) >>> 0;
    k1 = (k1 + KEY_STEP[1]) >>> 0;
  }
  counter[0] = c0;
  counter[1] = c1;
  counter[2] = c2;
  counter[3] = c3;
}

/** The upper 32 bits of the 64-bit product of two 32-bit numbers, by halves: a product of doubles keeps only 53 bits. */
export function multiplyHigh(a: number, b: number): number {
  const [a0, a1] = [a & 0xffff, a >>> 16];
  const [b0, b1] = [b & 0xffff, b >>> 16];
  const middle = a1 * b0 + ((a0 * b0) >>> 16);
  const other = a0 * b1 + (middle & 0xffff);
  return a1 * b1 + (middle >>> 16) + (other >>> 16);
}

/**
 * The numbers of one stream, in order: each call returns the next 32 bits.
 *
 * @param seed, stream integers from 0 to 2 ** 32 - 1
 */
export function openStream(seed: number, stream: number): () => number {
  const words = new Uint32Array(4);
  let block = 0;
  let used = 4;
  return () => {
    if (used === 4) {
      words.fill(0);
      words[0] = block;
      words[1] = Math.floor(block / 2 ** 32);
      block++;
      philox(words, seed >>> 0, stream >>> 0);
      used = 0;
    }
    return words[used++]!;
  };
}
