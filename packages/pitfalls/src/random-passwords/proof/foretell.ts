// Finds the state of Math.random from numbers that it gave out, and goes on from there.
//
// Bit n of a sum of two words is the exclusive or of their bits n and of the carry from below. The bits of the words are
// sums modulo 2 of bits of an earlier state: linear. The carry is not, but it can be guessed: with r the part of the sum
// below bit n, as a share from 0 to 1, there was a carry exactly if the part of either word is above r. So the carry is
// 1 with probability 1 - r. Where r is near 0 or 1 the guess is nearly sure, and 128 right guesses are 128 equations.

import { randomInt } from 'node:crypto';
import { solve, WORDS } from './gf2.ts';
import { BITS, BLOCK, handedOut, stepOf, traceBits } from './xorshift.ts';
import type { State } from './xorshift.ts';

/** A guess of one bit of one number: how far from sure, and the exclusive or of the two words at that bit. */
interface Guess {
  readonly index: number;
  readonly bit: number;
  readonly value: number;
  readonly doubt: number;
}

/** Guesses that are less sure are left out: of 128 with this doubt all are right once in eight. */
const MOST_DOUBT = 1 / 64;

export interface ForetellOptions {
  /** Leading bits that are seen of each number: 53 of the number itself, 6 where it chose one of 64 letters. */
  readonly bits?: number;
  /** Choices of 128 guesses after which to give up. One in ten is right throughout. */
  readonly mostTries?: number;
}

/**
 * The numbers that follow `seen`, which holds the leading bits of consecutive results of `Math.random()`, as
 * `Math.floor(Math.random() * 2 ** bits)` gives them. Some 256 full numbers will do, or 9,600 letters.
 *
 * @returns what `Math.random()` will return next, without end; undefined where no state was found that fits
 */
export function foretell(
  seen: readonly number[],
  { bits = BITS, mostTries = 2_000 }: ForetellOptions = {},
): Iterator<number, never> | undefined {
  const guesses = surest(seen, bits);
  const traces = traceBits(seen.length + 2 * BLOCK);
  // Where in its block of 64 the first number stood is not known either.
  const systems = Array.from({ length: BLOCK }, (_, position) => equations(guesses, traces, position));
  for (let tries = 0; tries < mostTries; tries++) {
    const chosen = shuffled(guesses.length);
    for (const [position, system] of systems.entries()) {
      const state = solve(chosen.map((guess) => system[guess]!));
      if (state === undefined) continue;
      const numbers = handedOut(toState(state), position);
      if (seen.every((number) => Math.floor(numbers.next().value * 2 ** bits) === number)) return numbers;
    }
  }
  return undefined;
}

function surest(seen: readonly number[], bits: number): Guess[] {
  const guesses = seen.flatMap((number, index) =>
    Array.from({ length: bits - 1 }, (_, above): Guess => {
      const size = 2 ** (bits - 1 - above); // of the part below this bit, as far as it is seen
      const share = ((number % size) + 0.5) / size;
      const carry = share < 0.5 ? 1 : 0;
      const own = Math.floor(number / size) % 2;
      return { index, bit: 63 - above, value: own ^ carry, doubt: Math.min(share, 1 - share) };
    }),
  );
  return guesses.filter(({ doubt }) => doubt <= MOST_DOUBT);
}

function equations(guesses: readonly Guess[], traces: readonly Uint32Array[], position: number): Uint32Array[] {
  return guesses.map(({ index, bit, value }) => {
    const equation = new Uint32Array(WORDS);
    equation.set(traces[stepOf(position + index)]!.subarray(4 * bit, 4 * bit + 4));
    equation[WORDS - 1] = value;
    return equation;
  });
}

/** The numbers below `length`, in an order that is not drawn from Math.random: that would use up what is foretold. */
function shuffled(length: number): number[] {
  const numbers = Array.from({ length }, (_, index) => index);
  for (let last = length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [numbers[last], numbers[other]] = [numbers[other]!, numbers[last]!];
  }
  return numbers;
}

function toState(words: Uint32Array): State {
  return words.reduceRight((state, word) => (state << 32n) | BigInt(word), 0n);
}
