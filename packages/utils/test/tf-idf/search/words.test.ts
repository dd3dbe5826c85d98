import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printable } from '../../../src/tf-idf/cli/printable.ts';
import { excerptsOf } from '../../../src/tf-idf/search/excerpt.ts';
import { keyOf, surfaceOf } from '../../../src/tf-idf/search/words/fold.ts';
import { wordsOf } from '../../../src/tf-idf/search/words/words-of.ts';

const DIFFICULT = ['İ', 'ı', 'Σ', 'ς', 'ß', 'ﬀ', '\u0307', '𐐀', '_', '5', '٣', '日本語', 'ไทย', 'c++', "'s", '.net'];
const text = fc
  .array(fc.oneof(fc.constantFrom(...DIFFICULT, ' ', '-'), fc.string({ unit: 'binary', maxLength: 3 })), {
    maxLength: 30,
  })
  .map((parts) => parts.join('').toWellFormed());

const surfaces = (given: string): string[] =>
  wordsOf(given).flatMap(({ terms }) => terms.map(({ surface }) => surface));

test('a word is what is written, in order, and no two overlap, for any text', () => {
  fc.assert(
    fc.property(text, (given) => {
      let before = 0;
      for (const { raw, start, end, terms, width } of wordsOf(given)) {
        expect(start).toBeGreaterThanOrEqual(before);
        expect(end).toBeGreaterThan(start);
        expect(given.slice(start, end)).toBe(raw);
        expect(terms.every(({ surface, offset }) => surface !== '' && offset < width)).toBe(true);
        before = end;
      }
    }),
  );
});

test('every letter and digit of a text is in a word, for any text', () => {
  fc.assert(
    fc.property(text, (given) => {
      const without = wordsOf(given).reduceRight(
        (rest, { start, end }) => rest.slice(0, start) + rest.slice(end),
        given,
      );
      expect(without).not.toMatch(/[\p{L}\p{N}]/u);
    }),
  );
});

test('the place of a word is where it is written, whatever stands before it, for any text', () => {
  fc.assert(
    fc.property(text, (before) => {
      const line = `${before} Mutex ${before}`;
      const at = before.length + 1;
      expect(wordsOf(line)).toContainEqual(expect.objectContaining({ raw: 'Mutex', start: at, end: at + 5 }));
    }),
  );
});

test.each([
  ['C++ and c#, f# or i++', ['c++', 'c', 'and', 'c#', 'c', 'f#', 'f', 'or', 'i++', 'i']],
  ['.NET, .gitignore', ['.net', 'net', '.gitignore', 'gitignore']],
  ['node.js is it', ['node', 'js', 'is', 'it']],
  ["don't, the dog's; 'quoted'", ["don't", 'the', "dog's", 'quoted']],
  ['fitTransform', ['fittransform', 'fit', 'transform']],
  ['getURLPattern', ['geturlpattern', 'get', 'url', 'pattern']],
  ['__fit_transform__', ['__fit_transform__', 'fit', 'transform']],
  ['東京都に行く', ['東京', '都', 'に', '行く']],
  ['Kafka使用', ['kafka', '使用']],
])('the words of %j are %j', (given, words) => {
  // Dictionaries of other versions of ICU may cut a run elsewhere: no more is claimed than that it is cut.
  if (given.startsWith('東京')) expect(surfaces(given).length).toBeGreaterThan(1);
  else expect(surfaces(given)).toEqual(words);
});

test.each([
  ['café', 'CAFE', 'cafés', 'cafe\u0301'],
  ['threads', 'thread', 'threading', 'Threaded'],
  ['straße', 'STRASSE'],
  ['fit_transform', 'fitTransform'],
  ["dog's", 'dogs', 'dog’s'],
  ['Ｗｉｄｅ', 'wide'],
  ['ΣΊΣΥΦΟΣ', 'Σίσυφος'],
])('%s is found with %s', (...words) => {
  expect(new Set(words.map((word) => keyOf(surfaceOf(word))))).toHaveLength(1);
});

test('marks that letters cannot be read without stay', () => {
  expect(keyOf('が')).not.toBe(keyOf('か'));
  expect(keyOf('कि')).not.toBe(keyOf('क'));
});

const words = new Map([
  ['mutex', 'mutex'],
  ['race', 'race'],
]);
const weights = new Map([
  ['mutex', 0.7],
  ['race', 0.3],
]);
const options = { words, weights, first: 1, lines: 3, columns: 60 };
const marked = (given: string, changes: Partial<typeof options> = {}) =>
  excerptsOf(given, { ...options, ...changes }).map(({ line, text: shown, marks }) => [
    line,
    shown,
    marks.map(([start, end]) => shown.slice(start, end)),
  ]);

test('lines with words of the query are shown in their order, with every such word marked', () => {
  const document = 'a Race\r\nnothing\n\n  the mutex, a MUTEX\nmutexes are none\n';
  expect(marked(document)).toEqual([
    [1, 'a Race', ['Race']],
    [4, 'the mutex, a MUTEX', ['mutex', 'MUTEX']],
  ]);
  expect(marked(document, { first: 10 }).map(([line]) => line)).toEqual([10, 13]);
});

test('where there are many lines, those with the most weight of different words are shown', () => {
  const document = 'race race race\nmutex\nrace\nrace and mutex\nmutex mutex';
  expect(marked(document, { lines: 2 })).toEqual([
    [2, 'mutex', ['mutex']],
    [4, 'race and mutex', ['race', 'mutex']],
  ]);
});

test('a long line is cut around its first word, and never longer than it may be', () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 300 }),
      fc.nat({ max: 300 }),
      fc.integer({ min: 40, max: 120 }),
      (before, after, columns) => {
        const line = `${'x'.repeat(before)} mutex ${'😀'.repeat(after)}`;
        const [excerpt] = excerptsOf(line, { ...options, columns });
        expect(excerpt!.text.length).toBeLessThanOrEqual(columns);
        expect(excerpt!.text.isWellFormed()).toBe(true);
        const whole = line.trim().length <= columns;
        expect(/^…|…$/.test(excerpt!.text)).toBe(!whole);
        expect(excerpt!.marks.map(([start, end]) => excerpt!.text.slice(start, end))).toEqual(['mutex']);
      },
    ),
  );
});

test('what would move the cursor or turn the line around is shown as an escape', () => {
  expect(printable('a\u001b[31mb\tc\u202ed\u2028e\u0000')).toBe('a\\x1b[31mb\\x09c\\u{202e}d\\u{2028}e\\x00');
  expect(printable('Grüße 日本 😀')).toBe('Grüße 日本 😀');
});
