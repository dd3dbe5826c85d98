import { expect, test } from 'vitest';
import { openPassphrases, openPasswords } from '../../src/password/index.ts';
import { randomBelow } from '../../src/password/random.ts';
import { chiSquareDeviation } from '../../src/password/proof/uniformity.ts';
import { watchSources } from '../../src/password/proof/watch-sources.ts';

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

test('what is too large is drawn again, with as many bytes as the bound needs', () => {
  const asked: number[] = [];
  const given = [
    [0xff, 0xff],
    [0x01, 0x2c],
    [0x01, 0x2b],
  ];
  const bytes = (size: number): Uint8Array => {
    asked.push(size);
    return Uint8Array.from(given[asked.length - 1]!);
  };
  expect(randomBelow(300n, bytes)).toBe(299n); // of nine bits, 511 and 300 are too large
  expect(asked).toEqual([2, 2, 2]);
});

test.each([
  ['a password', openPasswords({ length: 20 })],
  ['a passphrase', openPassphrases(6)],
] as const)('%s takes its bits from the random source of the system, and none from Math.random', (_, source) => {
  const { systemBytes, mathCalls } = watchSources(() => source.next());
  expect(8 * systemBytes).toBeGreaterThanOrEqual(source.bits);
  expect(mathCalls).toBe(0);
});

test('both sources are counted, and are what they were afterwards', () => {
  const { random } = Math;
  expect(watchSources(() => void Math.random())).toEqual({ systemBytes: 0, mathCalls: 1 });
  expect(Math.random).toBe(random);
  expect(watchSources(() => {})).toEqual({ systemBytes: 0, mathCalls: 0 });
});
