import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  AMBIGUOUS,
  charactersOf,
  classOf,
  CLASSES,
  openPasswords,
  partsOf,
  PRINTABLE,
} from '../../src/password/index.ts';
import type { Demands } from '../../src/password/index.ts';
import { chiSquareDeviation, deviationByPosition, exactShares } from '../../src/password/proof/uniformity.ts';

const count = (password: string, name: string): number =>
  Array.from(password).filter((one) => classOf(one) === name).length;

test('whatever is asked for is there, in the length that was asked for', () => {
  const asked = fc
    .record({
      least: fc.record({ upper: fc.nat(6), lower: fc.nat(6), digits: fc.nat(6), symbols: fc.nat(6) }),
      more: fc.nat(10),
      excludeAmbiguous: fc.boolean(),
    })
    .map(({ least, more, ...rest }) => ({
      least,
      length: Math.max(1, least.upper + least.lower + least.digits + least.symbols + more),
      ...rest,
    }));
  fc.assert(
    fc.property(asked, (demands) => {
      const password = openPasswords(demands).next();
      expect(password).toHaveLength(demands.length);
      for (const name of CLASSES) expect(count(password, name)).toBeGreaterThanOrEqual(demands.least[name]);
      if (demands.excludeAmbiguous) expect(Array.from(password).filter((one) => AMBIGUOUS.includes(one))).toEqual([]);
    }),
  );
});

describe('a million characters show no bias at any of 20 positions', () => {
  test.each<{ name: string; demands: Demands }>([
    { name: 'without demands', demands: { length: 20 } },
    { name: 'one of each class', demands: { length: 20, least: { upper: 1, lower: 1, digits: 1, symbols: 1 } } },
    { name: 'twelve digits', demands: { length: 20, least: { digits: 12 } } },
    { name: 'an alphabet of its own', demands: { length: 20, alphabet: 'abcdefXY12ß한', least: { upper: 2 } } },
  ])('$name', ({ demands }) => {
    const source = openPasswords(demands);
    const passwords = Array.from({ length: 50_000 }, () => source.next());
    const shares = exactShares(demands.length, partsOf(demands));
    expect([...shares.values()].reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(Math.max(...deviationByPosition(passwords, shares))).toBeLessThan(5);
  });
});

describe('of 4,096 characters', () => {
  test.each([
    { upper: 1, lower: 1, digits: 1, symbols: 1 },
    { digits: 4_000 },
    { upper: 1_000, lower: 1_000, digits: 2_096 },
  ])('at least %o are there', { timeout: 120_000 }, (least) => {
    const password = openPasswords({ length: 4_096, least }).next();
    expect(password).toHaveLength(4_096);
    for (const [name, wanted] of Object.entries(least)) {
      expect(count(password, name)).toBeGreaterThanOrEqual(wanted);
    }
  });
});

test('a character is what a reader takes for one, in the alphabet, the length and the class', () => {
  const characters = ['👩‍💻', '🇩🇪', '👍🏽', 'e\u0301', 'A\u0308', '1️⃣', '7', '한'];
  const source = openPasswords({ length: 40, alphabet: characters.join(''), least: { lower: 30, digits: 2 } });
  const drawn = Array.from({ length: 20 }, () => charactersOf(source.next()));
  for (const password of drawn) {
    expect(password).toHaveLength(40);
    expect(password.filter((one) => !characters.includes(one))).toEqual([]);
    expect(password.filter((one) => one === 'e\u0301').length).toBeGreaterThanOrEqual(30);
    expect(password.filter((one) => one === '7').length).toBeGreaterThanOrEqual(2);
  }
  expect(characters.map(classOf)).toEqual('symbols symbols symbols lower upper symbols digits other'.split(' '));
});

test('a password that is to begin with a letter does, and the letters of any script count', () => {
  const source = openPasswords({ length: 3, alphabet: 'a한1-', least: { digits: 1 }, beginWithLetter: true });
  expect(source.size).toBe(14n); // 2 letters, then 16 pairs without the 9 that have no digit
  const seen = new Set(Array.from({ length: 2_000 }, () => source.next()));
  expect(seen.size).toBe(14);
  expect([...seen].filter((one) => !/^[a한](?=.*1)/.test(one))).toEqual([]);
});

test('two passwords in a row are independent: all 256 pairs of a space of 16 are drawn alike', () => {
  const source = openPasswords({ length: 2, alphabet: 'abcd' });
  const counts = new Map<string, number>();
  for (let n = 0; n < 25_600; n++) {
    const pair = source.next() + source.next();
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  expect(counts.size).toBe(256);
  const observed = [...counts.values()];
  expect(
    chiSquareDeviation(
      observed,
      observed.map(() => 100),
    ),
  ).toBeLessThan(5);
});

test('the entropy is the logarithm of the exact count', () => {
  expect(openPasswords({ length: 20 })).toMatchObject({ size: 94n ** 20n });
  expect(openPasswords({ length: 20 }).bits).toBeCloseTo(20 * Math.log2(94), 10);
  expect(openPasswords({ length: 4, alphabet: '0123456789' }).size).toBe(10_000n);
  // Four characters, one of each class: 4! orders of one choice each.
  const each = openPasswords({ length: 4, least: { upper: 1, lower: 1, digits: 1, symbols: 1 } });
  expect(each.size).toBe(24n * 26n * 26n * 10n * 32n);
  expect(openPasswords({ length: 4_096 }).bits).toBeCloseTo(4_096 * Math.log2(94), 6);
  expect(openPasswords({ length: 256 }).bits).toBeCloseTo(256 * Math.log2(94), 8);
});

test('the four classes share the 94 printable characters among them', () => {
  const sizes = CLASSES.map((name) => count(PRINTABLE, name));
  expect(Object.fromEntries(CLASSES.map((name, n) => [name, sizes[n]]))).toEqual({
    upper: 26,
    lower: 26,
    digits: 10,
    symbols: 32,
  });
});

describe('a demand that no password can satisfy is one clear line', () => {
  test.each<[Demands, string]>([
    [
      { length: 4, least: { upper: 3, digits: 3 } },
      'Expected `length` to be at least 6 for the classes asked (upper 3, digits 3), got 4',
    ],
    [{ length: 0 }, 'Expected `length` to be an integer from 1 to 4096, got 0'],
    [{ length: 4_097 }, 'Expected `length` to be an integer from 1 to 4096, got 4097'],
    [{ length: 8, least: { digits: -1 } }, 'Expected `digits` to be an integer from 0 to 4096, got -1'],
    [{ length: 8, least: { digits: 1.5 } }, 'Expected `digits` to be an integer from 0 to 4096, got 1.5'],
    [{ length: 8, alphabet: '' }, 'Expected `alphabet` to hold at least one character, got none'],
    [
      { length: 8, alphabet: 'lI1', excludeAmbiguous: true },
      'Expected `alphabet` to hold at least one character, got none',
    ],
    [{ length: 8, alphabet: 'aba' }, "Expected `alphabet` to hold every character once, got 'a' twice"],
    [{ length: 8, alphabet: 'a\t' }, 'Expected `alphabet` to hold printable characters, got U+0009'],
    [{ length: 8, alphabet: '\u0301e' }, 'Expected `alphabet` to hold printable characters, got U+0301'],
    [{ length: 8, alphabet: 'a\u200b' }, 'Expected `alphabet` to hold printable characters, got U+200B'],
    [{ length: 8, alphabet: '\u00e9e\u0301' }, "Expected `alphabet` to hold every character once, got 'e\u0301' twice"],
    [{ length: 8, alphabet: '🇩a' }, "Expected `alphabet` to hold characters that stay apart, got '🇩' and '🇩'"],
    [
      { length: 8, alphabet: '\uac00-\u11a8' }, // a Korean syllable, and a consonant that may end it
      "Expected `alphabet` to hold characters that stay apart, got '\uac00' and '\u11a8'",
    ],
    [
      { length: 8, alphabet: '12-', beginWithLetter: true },
      'Expected `alphabet` to hold a letter to begin with, got none',
    ],
    [
      { length: 3, least: { digits: 3 }, beginWithLetter: true },
      'Expected `length` to be at least 4 for the classes asked after a letter, got 3',
    ],
    [
      { length: 8, alphabet: 'abc', least: { digits: 2 } },
      'Expected `digits` to be 0, as the alphabet holds none, got 2',
    ],
  ])('%o', (demands, message) => {
    expect(() => openPasswords(demands)).toThrow(message);
  });
});
