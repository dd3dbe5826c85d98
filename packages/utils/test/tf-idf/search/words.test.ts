import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printable } from '../../../src/tf-idf/cli/printable.ts';
import { TfidfVectorizer } from '../../../src/tf-idf/index.ts';
import { excerptsOf } from '../../../src/tf-idf/search/excerpt.ts';
import { wordsOf } from '../../../src/tf-idf/search/words.ts';

const DIFFICULT = [
  'İ',
  'ı',
  'Σ',
  'ς',
  'ß',
  'ﬀ',
  '\u0307',
  '𐐀',
  '_',
  '5',
  '٣',
  '日',
  ' ',
  '-',
  '\u200d',
  'é',
  'É',
  'a',
  'B',
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...DIFFICULT), fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 30 })
  .map((parts) => parts.join('').toWellFormed());

test('the words of a text are the tokens that the vectorizer finds in it, for any text', async () => {
  await fc.assert(
    fc.asyncProperty(text, async (document) => {
      await using vectorizer = new TfidfVectorizer();
      const [row] = vectorizer.inverseTransform(await vectorizer.fitTransform([`${document} anchor`]));
      expect(row!.toSorted()).toEqual([...new Set(wordsOf(`${document} anchor`).map(({ word }) => word))].toSorted());
    }),
    { numRuns: 150 },
  );
});

test('the place of a word is where it is written, whatever stands before it, for any text', () => {
  fc.assert(
    fc.property(text, (before) => {
      const line = `${before} Mutex ${before}`;
      const at = before.length + 1;
      expect(wordsOf(line).filter(({ word }) => word === 'mutex')).toContainEqual({
        word: 'mutex',
        start: at,
        end: at + 5,
      });
    }),
  );
});

const weights = new Map([
  ['mutex', 0.7],
  ['race', 0.3],
]);
const options = { weights, first: 1, lines: 3, columns: 60 };
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
