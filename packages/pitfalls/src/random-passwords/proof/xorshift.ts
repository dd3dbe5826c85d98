// The generator behind V8's Math.random: xorshift128+, whose two words of 64 bits are moved on by shifts and exclusive
// ors, and whose sum, without its lowest 11 bits, is given out. V8 draws 64 numbers ahead and gives them out last first.
// (Vigna, "Further scramblings of Marsaglia's xorshift generators", 2017; the shifts 23, 17 and 26 and the sum are those
// of V8 14.6. Some older versions give out the first word alone.)

const MASK = (1n << 64n) - 1n;
const DROPPED = 11n;

/** How many numbers are drawn ahead. */
export const BLOCK = 64;
/** Bits of a number that is given out. */
export const BITS = 53;

/** The two words, the second above the first. */
export type State = bigint;

export function nextState(state: State): State {
  const second = state >> 64n;
  let mixed = state & MASK;
  mixed ^= (mixed << 23n) & MASK;
  mixed ^= mixed >> 17n;
  mixed ^= second ^ (second >> 26n);
  return (mixed << 64n) | second;
}

/** The number that is given out in this state, from 0 to 1. */
export function numberOf(state: State): number {
  return Number((((state & MASK) + (state >> 64n)) & MASK) >> DROPPED) / 2 ** BITS;
}

/** Which step of the generator, from 0, made the number at this place, both counted from the start of a block. */
export function stepOf(place: number): number {
  const within = place % BLOCK;
  return place - within + (BLOCK - 1 - within);
}

/** Numbers in the order in which they are given out, from `place` on, where `state` stood before the block of place 0. */
export function* handedOut(state: State, place = 0): Generator<number, never> {
  let before = state;
  for (let start = 0; ; start += BLOCK) {
    const block: number[] = [];
    for (let step = 0; step < BLOCK; step++) {
      before = nextState(before);
      block.push(numberOf(before));
    }
    for (let within = Math.max(0, place - start); within < BLOCK; within++) yield block[BLOCK - 1 - within]!;
  }
}

/**
 * For each of `count` steps, which bits of the first state add up, modulo 2, to bit n of the exclusive or of the two
 * words: four words of 32 bits for each of the 64 values of n, one after another.
 */
export function traceBits(count: number): Uint32Array[] {
  const bit = 4; // words that stand for one bit of the state
  let first = new Uint32Array(64 * bit);
  let second = new Uint32Array(64 * bit);
  for (let n = 0; n < 64; n++) {
    first[n * bit + (n >>> 5)] = 1 << (n & 31);
    second[n * bit + 2 + (n >>> 5)] = 1 << (n & 31);
  }
  return Array.from({ length: count }, () => {
    const once = first.map((word, at) => word ^ (first[at - 23 * bit] ?? 0));
    const twice = once.map((word, at) => word ^ (once[at + 17 * bit] ?? 0));
    const mixed = twice.map((word, at) => word ^ second[at]! ^ (second[at + 26 * bit] ?? 0));
    [first, second] = [second, mixed];
    return first.map((word, at) => word ^ second[at]!);
  });
}
