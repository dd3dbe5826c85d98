import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foretellPassword, foretoldNumbers } from '../src/random-passwords/proof/attack.ts';
import { chiSquare, chiSquareLimit, chiSquareOfPasswords } from '../src/random-passwords/proof/chi-square.ts';
import { foretell } from '../src/random-passwords/proof/foretell.ts';
import { solve, WORDS } from '../src/random-passwords/proof/gf2.ts';
import {
  ALPHABET,
  byRandomInt,
  byRejection,
  byRemainder,
  cheaperFix,
  fix,
  LENGTH,
  trap,
} from '../src/random-passwords/recipe.ts';
import { handedOut, nextState, numberOf, stepOf, traceBits } from '../src/random-passwords/proof/xorshift.ts';

const words = fc.uint32Array({ minLength: 4, maxLength: 4 });
const states = fc.bigInt({ min: 1n, max: 2n ** 128n - 1n });

describe('linear equations modulo 2', () => {
  const equation = (terms: Uint32Array, solution: Uint32Array): Uint32Array => {
    const ones = terms.reduce((sum, word, at) => sum + onesOf(word & solution[at]!), 0);
    return Uint32Array.from([...terms, ones % 2]);
  };

  test('the unknowns of a system with enough equations are found', () => {
    fc.assert(
      fc.property(words, fc.array(words, { maxLength: 40 }), (solution, some) => {
        const units = Array.from({ length: 128 }, (_, unknown) => unit(unknown));
        const system = [...some, ...units].map((terms) => equation(terms, solution));
        expect(solve(system)).toEqual(solution);
      }),
      { numRuns: 50 },
    );
  });

  test('a system with too few equations has no single solution', () => {
    const units = Array.from({ length: 127 }, (_, unknown) => equation(unit(unknown), unit(5)));
    expect(solve([...units, ...units])).toBeUndefined();
    expect(units[0]).toHaveLength(WORDS);
  });
});

describe('the generator', () => {
  test('numbers of a block of 64 are given out last first', () => {
    expect([0, 1, 63, 64, 127].map(stepOf)).toEqual([63, 62, 0, 127, 64]);
    const drawn: number[] = [];
    for (let state = nextState(1n); drawn.length < 128; state = nextState(state)) drawn.push(numberOf(state));
    const given = handedOut(1n, 60);
    expect(Array.from({ length: 6 }, () => given.next().value)).toEqual(
      [60, 61, 62, 63, 64, 65].map((place) => drawn[stepOf(place)]),
    );
  });

  test('the trace says which bits of the first state add up to a bit of a later one', () => {
    const traces = traceBits(20);
    fc.assert(
      fc.property(states, fc.nat({ max: 19 }), fc.nat({ max: 63 }), (start, step, bit) => {
        let state = start;
        for (let n = 0; n <= step; n++) state = nextState(state);
        const trace = traces[step]!.subarray(4 * bit, 4 * bit + 4);
        const terms = trace.reduceRight((all, word) => (all << 32n) | BigInt(word), 0n);
        const sum = onesOfBig(terms & start) % 2;
        const own = Number(((state ^ (state >> 64n)) >> BigInt(bit)) & 1n);
        expect(sum).toBe(own);
      }),
    );
  });
});

test('256 numbers of Math.random give away the next 200', () => {
  expect(foretoldNumbers(256, 200)).toBe(200);
});

test('600 passwords of Math.random give away the next one', () => {
  expect(foretellPassword(trap, 600)).toBe(trap());
});

test('numbers of another source are not taken for those of Math.random', () => {
  expect(foretell(byRandomInt(2 ** 32, 256), { bits: 32, mostTries: 3 })).toBeUndefined();
});

test.each([
  { name: 'trap', make: trap },
  { name: 'fix', make: fix },
  { name: 'cheaper fix', make: cheaperFix },
])('the $name makes passwords of 16 letters of the alphabet, each another', ({ make }) => {
  const passwords = Array.from({ length: 100 }, make);
  expect(new Set(passwords).size).toBe(100);
  for (const password of passwords) {
    expect(password).toHaveLength(LENGTH);
    for (const letter of password) expect(ALPHABET).toContain(letter);
  }
});

describe('bias', () => {
  const limit = chiSquareLimit(62);

  test('equal counts have a statistic of 0, one value alone the greatest', () => {
    expect(chiSquare([0, 1, 2, 0, 1, 2], 3)).toBe(0);
    expect(chiSquare([1, 1, 1], 3)).toBe(6);
  });

  test('the limit of chance for 61 degrees of freedom is near the tabulated 150.8', () => {
    // chi-square quantile of 1 - 9.866e-10, the one-sided tail of 6 standard deviations
    expect(limit).toBeGreaterThan(145);
    expect(limit).toBeLessThan(160);
  });

  test('byte % 62 is biased far beyond chance; rejection and randomInt are not', () => {
    expect(chiSquare(byRemainder(62, 200_000), 62)).toBeGreaterThan(5 * limit);
    expect(chiSquare(byRejection(62, 200_000), 62)).toBeLessThan(limit);
    expect(chiSquare(byRandomInt(62, 200_000), 62)).toBeLessThan(limit);
  });

  test.each([
    { name: 'fix', make: fix },
    { name: 'cheaper fix', make: cheaperFix },
  ])('every letter comes equally often in passwords of the $name', ({ make }) => {
    expect(chiSquareOfPasswords(make)).toBeLessThan(chiSquareLimit(ALPHABET.length));
  });

  test('byte % 64 is fair', () => {
    expect(chiSquare(byRemainder(64, 200_000), 64)).toBeLessThan(chiSquareLimit(64));
  });
});

function unit(unknown: number): Uint32Array {
  const terms = new Uint32Array(4);
  terms[unknown >>> 5] = 1 << (unknown & 31);
  return terms;
}

function onesOf(word: number): number {
  return onesOfBig(BigInt(word >>> 0));
}

function onesOfBig(value: bigint): number {
  return value.toString(2).replaceAll('0', '').length;
}
