import { expect, test } from 'vitest';
import { describeEntropy, openPassphrases } from '../../src/password/index.ts';
import { chiSquareDeviation } from '../../src/password/proof/uniformity.ts';
import { WORDS } from '../../src/password/words.ts';

test('the list holds 2,048 different words of small letters, so that a hyphen always parts two words', () => {
  expect(WORDS).toHaveLength(2_048);
  expect(new Set(WORDS).size).toBe(2_048);
  expect(WORDS.filter((word) => !/^[a-z]{3,8}$/.test(word))).toEqual([]);
  expect(new Set(WORDS.map((word) => word.slice(0, 4))).size).toBe(2_048);
});

test('each word of a passphrase is worth 11 bits', () => {
  expect(openPassphrases(6)).toMatchObject({ size: 2n ** 66n, bits: 66 });
});

test('every word is drawn alike at every place, whatever the word before it', () => {
  const source = openPassphrases(3);
  const number = new Map(WORDS.map((word, index) => [word, index]));
  const drawn = 50_000;
  const single = Array.from({ length: 3 }, () => WORDS.map(() => 0));
  const pairs = Array.from({ length: 2 }, () => Array.from({ length: 256 }, () => 0)); // of the words' numbers modulo 16
  for (let n = 0; n < drawn; n++) {
    const words = source
      .next()
      .split('-')
      .map((word) => number.get(word)!);
    for (const [place, word] of words.entries()) {
      single[place]![word]!++;
      if (place > 0) pairs[place - 1]![(words[place - 1]! % 16) * 16 + (word % 16)]!++;
    }
  }
  for (const counts of [...single, ...pairs]) {
    const expected = counts.map(() => drawn / counts.length);
    expect(chiSquareDeviation(counts, expected)).toBeLessThan(5);
  }
});

test.each([0, 65, 1.5, NaN])('a passphrase of %d words is refused', (words) => {
  expect(() => openPassphrases(words)).toThrow(`Expected \`words\` to be an integer from 1 to 64, got ${words}`);
});

test('the entropy in words is cut off, never rounded up, and small counts stand in full', () => {
  expect(describeEntropy(10_000n)).toBe('13.2 bits: one of 10000, each as likely as the others');
  expect(describeEntropy(2n ** 66n - 2n ** 60n)).toBe('65.9 bits: one of 7.2e19, each as likely as the others');
  expect(describeEntropy(1n)).toBe('0.0 bits: one of 1, each as likely as the others');
});
