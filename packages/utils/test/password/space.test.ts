import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { passwordSpace, spaceBeginningWith } from '../../src/password/space.ts';
import type { Part } from '../../src/password/space.ts';

/** Up to three parts of up to three characters, with what is asked of each, and a length of up to 5. */
const demands = fc.record({
  length: fc.integer({ min: 1, max: 5 }),
  parts: fc
    .array(fc.record({ count: fc.integer({ min: 1, max: 3 }), least: fc.integer({ min: 0, max: 3 }) }), {
      minLength: 1,
      maxLength: 3,
    })
    .map((sizes) =>
      sizes.map(({ count, least }, part) => ({
        characters: Array.from({ length: count }, (_, n) => String.fromCodePoint(97 + 3 * part + n)),
        least,
      })),
    ),
});

/** Every text of that length over the alphabet, and of those the ones that satisfy the demands. */
function allowed(length: number, parts: readonly Part[]): string[] {
  const alphabet = parts.flatMap(({ characters }) => characters);
  let texts = [''];
  for (let n = 0; n < length; n++) texts = texts.flatMap((text) => alphabet.map((one) => text + one));
  return texts.filter((text) =>
    parts.every(({ characters, least }) => Array.from(text).filter((one) => characters.includes(one)).length >= least),
  );
}

test('the numbers from 0 up give every password that satisfies the demands, each of them once', () => {
  fc.assert(
    fc.property(demands, ({ length, parts }) => {
      const space = passwordSpace(length, parts);
      const made = Array.from({ length: Number(space.size) }, (_, index) => space.at(BigInt(index)));
      expect(made.toSorted()).toEqual(allowed(length, parts).toSorted());
    }),
    { numRuns: 200 },
  );
});

test('and those that begin with some characters, each of them once', () => {
  const isFirst = (one: string): boolean => one === 'a' || one >= 'e';
  fc.assert(
    fc.property(demands, ({ length, parts }) => {
      const space = spaceBeginningWith(length, parts, isFirst);
      const made = Array.from({ length: Number(space.size) }, (_, index) => space.at(BigInt(index)));
      expect(made.toSorted()).toEqual(
        allowed(length, parts)
          .filter(([first]) => isFirst(first!))
          .toSorted(),
      );
      expect(() => space.at(space.size)).toThrow(RangeError);
    }),
    { numRuns: 200 },
  );
});

test('the count of a long password is exact beyond what a double can hold', () => {
  const digits = { characters: Array.from('0123456789'), least: 1 };
  const letters = { characters: Array.from('abcdef'), least: 0 };
  // All texts of 16 characters without those that have no digit.
  expect(passwordSpace(200, [digits, letters]).size).toBe(16n ** 200n - 6n ** 200n);
  expect(passwordSpace(4_096, [digits, letters]).size).toBe(16n ** 4_096n - 6n ** 4_096n);
});

test('a number outside of the space is refused', () => {
  const space = passwordSpace(2, [{ characters: ['a', 'b'], least: 0 }]);
  expect(() => space.at(4n)).toThrow(new RangeError('Expected `index` to be from 0 to 3, got 4'));
  expect(() => space.at(-1n)).toThrow(RangeError);
});
