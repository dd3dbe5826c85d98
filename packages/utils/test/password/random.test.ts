import { expect, test } from 'vitest';
import { randomBelow } from '../../src/password/random.ts';
import { chiSquareDeviation } from '../../src/password/proof/uniformity.ts';

test.each([3, 94, 256, 257])('200,000 draws below %i show no bias', (bound) => {
  const draws = 200_000;
  const counts = Array.from({ length: bound }, () => 0);
  for (let n = 0; n < draws; n++) counts[Number(randomBelow(BigInt(bound)))]!++;
  expect(
    chiSquareDeviation(
      counts,
      counts.map(() => draws / bound),
    ),
  ).toBeLessThan(5);
});

test('below a number of hundreds of bits each quarter of the range is drawn alike', () => {
  const bound = 3n ** 500n;
  const quarters = [0, 0, 0, 0];
  for (let n = 0; n < 40_000; n++) quarters[Number((randomBelow(bound) * 4n) / bound)]!++;
  expect(chiSquareDeviation(quarters, [10_000, 10_000, 10_000, 10_000])).toBeLessThan(5);
});

test('below 1 there is only 0, and below 0 nothing', () => {
  expect(randomBelow(1n)).toBe(0n);
  expect(() => randomBelow(0n)).toThrow(new RangeError('Expected `bound` to be an integer from 1 up, got 0'));
});
