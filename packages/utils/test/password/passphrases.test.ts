import { describe, expect, test } from 'vitest';
import { describeEntropy, openPassphrases } from '../../src/password/index.ts';
import { chiSquareDeviation } from '../../src/password/proof/uniformity.ts';
import { phraseSpace, readWords } from '../../src/password/phrases.ts';
import type { PhraseOptions } from '../../src/password/phrases.ts';
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

describe('every choice is a text of its own', () => {
  const list = ['ab', 'b', 'abb'];
  test.each<[PhraseOptions, bigint, string]>([
    [{ list }, 9n, 'ab-b'],
    [{ list, separator: ' / ' }, 9n, 'ab / b'],
    [{ list, capitals: true, separator: '' }, 9n, 'AbB'],
    [{ list, number: true }, 180n, 'ab7-b'],
    [{ list, number: true }, 180n, 'ab-b0'],
    [{ list, number: true, capitals: true, separator: '' }, 180n, 'Ab7B'],
    [{ list: ['\u00e4hre', 'stra\u00dfe'], separator: '·', capitals: true }, 4n, '\u00c4hre·Stra\u00dfe'],
  ])('%o: %i, such as %s', (options, size, one) => {
    const space = phraseSpace(2, options);
    expect(space.size).toBe(size);
    const phrases = new Set(Array.from({ length: Number(size) }, (_, index) => space.at(BigInt(index))));
    expect(phrases.size).toBe(Number(size));
    expect(phrases).toContain(one);
  });
});

describe('words that could not be told apart are one clear line', () => {
  test.each<[PhraseOptions, string]>([
    [{ separator: '' }, 'Expected `separator` to be left empty only with capitals, got none'],
    [
      { separator: '', capitals: true, list: ['a', 'bC'] },
      "Expected `separator` to be left empty only with words with one capital each, got 'BC'",
    ],
    [
      { separator: 'ea', list: ['tea', 'cup'] },
      "Expected `separator` to be of characters that no word holds, got 'ea' beside 'tea'",
    ],
    [{ separator: '\t' }, 'Expected `separator` to be printable characters, got "\\t"'],
    [{ list: ['a', 'b', 'a'] }, "Expected `word-list` to hold every word once, got 'a' twice"],
    [{ list: ['a', 'A'], capitals: true }, "Expected `word-list` to hold every word once, got 'A' twice"],
    [{ list: ['a'] }, 'Expected `word-list` to hold at least two words, got 1'],
    [{ list: ['a', 'b c'] }, 'Expected `word-list` to hold one word on a line, got "b c"'],
    [
      { list: ['a1', 'b'], number: true },
      "Expected `number` to be asked of words and a separator without digits, got 'a1'",
    ],
    [
      { separator: '5', number: true },
      "Expected `number` to be asked of words and a separator without digits, got '5'",
    ],
  ])('%o', (options, message) => {
    expect(() => openPassphrases(3, options)).toThrow(message);
  });
});

test('a list of words is read with a mark of UTF-8, any ends of lines and the numbers of dice', () => {
  expect(readWords('\ufeff11111\tabacus\r\n11112 abdomen\n\n  rain  \n')).toEqual(['abacus', 'abdomen', 'rain']);
});
