import { expect, test } from 'vitest';
import { CLASSES, partsOf } from '../../src/password/index.ts';
import { chiSquareDeviation, deviationByPosition, exactShares } from '../../src/password/proof/uniformity.ts';
import { byteRemainder, classesFirst, classesFirstShuffled } from '../../src/password/proof/usual-recipes.ts';

// The measure with known answers: a biased source has to be found biased.

test('chi-square at its 0.1 % point is 3.09 standard deviations', () => {
  // Critical values of the tables at p = 0.001: 29.588 for 10 degrees of freedom, 149.449 for 100.
  for (const [freedom, critical] of [
    [10, 29.588],
    [100, 149.449],
  ] as const) {
    const cells = freedom + 1;
    const expected = Array.from({ length: cells }, () => 1_000);
    // Two cells off by the same amount up and down: chi-square = 2 * off^2 / 1000.
    const off = Math.sqrt((critical * 1_000) / 2);
    const observed = expected.map((mean, cell) => mean + (cell === 0 ? off : cell === 1 ? -off : 0));
    expect(chiSquareDeviation(observed, expected)).toBeCloseTo(3.09, 1);
  }
});

test('the remainder of a byte is found biased at every position', () => {
  const parts = partsOf({ length: 20 });
  const passwords = Array.from({ length: 50_000 }, () => byteRemainder(20));
  expect(Math.min(...deviationByPosition(passwords, exactShares(20, parts)))).toBeGreaterThan(5);
});

test('classes in fixed places are found in those places, and only there', () => {
  const demands = { length: 20, least: { upper: 1, lower: 1, digits: 1, symbols: 1 } };
  const passwords = Array.from({ length: 50_000 }, () => classesFirst(20, CLASSES));
  const deviations = deviationByPosition(passwords, exactShares(20, partsOf(demands)));
  expect(deviations.slice(0, 4).every((deviation) => deviation > 100)).toBe(true);
});

test('a shuffle hides the places, and still draws passwords of many digits too often', () => {
  const demands = { length: 20, least: { upper: 1, digits: 1, symbols: 1 } };
  const passwords = Array.from({ length: 50_000 }, () => classesFirstShuffled(20, ['upper', 'digits', 'symbols']));
  const deviations = deviationByPosition(passwords, exactShares(20, partsOf(demands)));
  expect(Math.min(...deviations)).toBeGreaterThan(5);
  expect(passwords.join('').replaceAll(/\D/g, '').length / 1e6).toBeCloseTo((1 + (17 * 10) / 94) / 20, 2);
});

test('a character without a share is infinitely far off', () => {
  expect(
    deviationByPosition(
      ['ab', 'a!'],
      new Map([
        ['a', 0.5],
        ['b', 0.5],
      ]),
    ),
  ).toEqual([Infinity, Infinity]);
});
