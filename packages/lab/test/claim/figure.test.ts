import { describe, expect, test } from 'vitest';
import {
  counted,
  describeBound,
  describeFigure,
  exactly,
  figureOf,
  fillWords,
  formatNumber,
  leadingFirst,
} from '../../src/claim/figure.ts';
import type { Figure } from '../../src/claim/figure.ts';
import { describeBreach } from '../../src/claim/judge.ts';

const share: Figure = { key: 'share', name: 'counts lost', median: 37.28, low: 33.74, high: 39.52, unit: '%' };
const speedup: Figure = { key: 'speedup', name: 'speedup', median: 1.944, low: 1.9, high: 2, unit: 'x' };
const lost = counted('lost', 'counts lost', 0, 'counts', { most: 0 });
const done = counted('done', 'tasks done', 12_345, 'tasks', exactly(12_345));
const figures = [share, speedup, lost, done];

describe('words are filled with figures by their keys', () => {
  test.each([
    ['{share} of the counts', '37 % of the counts'],
    ['lost {share range}', 'lost 37 % (34 to 40 %)'],
    ['{speedup} as fast, {speedup range}', '1.9x as fast, 1.9x (1.9 to 2.0x)'],
    ['{lost or none} lost', 'none lost'],
    ['{lost} lost', '0 counts lost'],
    ['{done} done, {done number} of them', '12,345 tasks done, 12,345 of them'],
    ['{done range}', '12,345 tasks'],
    ['no figure here', 'no figure here'],
  ])('%s', (words, filled) => {
    expect(fillWords(words, figures)).toBe(filled);
  });

  test.each([
    [131.2, '130 ms'],
    [1_314, '1,300 ms'],
    [55.4, '55 ms'],
    [9.96, '10 ms'],
    [0.1299, '0.13 ms'],
    [0, '0 ms'],
    [2, '2.0 ms'],
  ])('a sample of %d has two significant digits', (median, filled) => {
    const sample: Figure = { key: 'time', name: 'time', median, low: median - 1e-9, high: median, unit: 'ms' };
    expect(fillWords('{time}', [sample])).toBe(filled);
  });

  test('a key that no figure has is an error that names those that there are', () => {
    expect(() => fillWords('{gone}', figures)).toThrow(
      "Expected a figure 'gone', got 'share', 'speedup', 'lost', 'done'",
    );
    expect(() => figureOf([], 'gone')).toThrow("Expected a figure 'gone', got none");
  });
});

test.each([
  [{ most: 0 }, 'never'],
  [exactly(3), 'exactly 3 tasks'],
  [{ least: 1, most: 4 }, 'at least 1 tasks, at most 4 tasks'],
  [undefined, ''],
])('the bound %j reads "%s"', (bound, words) => {
  expect(describeBound(counted('tasks', 'tasks', 1, 'tasks', bound))).toBe(words);
});

test('a breach says what was measured and what was expected', () => {
  expect(describeBreach({ ...lost, median: 9, low: 9, high: 9 })).toBe('counts lost: 9 counts, expected never');
});

test.each([
  [0.00123, '0.0012'],
  [1.95, '1.95'],
  [12, '12'],
  [123.4, '123'],
  [1234567, '1,234,567'],
])('%d is written %s', (number, text) => {
  expect(formatNumber(number)).toBe(text);
});

test('a figure is written with its interval and its bound', () => {
  const bound = { least: 1.5 };
  expect(describeFigure({ ...speedup, bound })).toBe('speedup: 1.94x [1.90, 2], at least 1.50x');
  expect(describeFigure(lost)).toBe('counts lost: 0 counts, never');
});

test('the first bounded figure that the words name stands first, else the first that they name, else the first bounded', () => {
  const keys = (...args: Parameters<typeof leadingFirst>) => leadingFirst(...args).map(({ key }) => key);
  expect(keys(figures, ['With ++ {speedup range}', 'and {done}.'])).toEqual(['done', 'share', 'speedup', 'lost']);
  expect(keys(figures, ['{speedup range}, {share}'])).toEqual(['speedup', 'share', 'lost', 'done']);
  expect(keys(figures, ['No figure here.'])).toEqual(['lost', 'share', 'speedup', 'done']);
  expect(keys([share, speedup])).toEqual(['share', 'speedup']);
  expect(keys([])).toEqual([]);
});
