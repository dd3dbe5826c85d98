import { describe, expect, test } from 'vitest';
import { counted } from '../../src/claim/figure.ts';
import { allHold, judgeAtOnce, judgeBounds, judgeIntervals } from '../../src/claim/judge.ts';
import type { Judgement } from '../../src/claim/judge.ts';

const figure = (low: number, high: number) => ({
  key: 'ratio',
  name: 'ratio',
  median: (low + high) / 2,
  low,
  high,
  unit: 'x',
});

test.each([
  ['holds', 'wholly above it', 2.1, 2.5],
  ['refuted', 'wholly below it', 1.1, 1.9],
  ['inconclusive', 'on both sides of it', 1.9, 2.5],
] as const)('%s where the interval is %s, whatever the median', (verdict, _, low, high) => {
  expect(judgeIntervals([{ ...figure(low, high), bound: { least: 2 } }]).verdict).toBe(verdict);
  expect(judgeIntervals([{ ...figure(-high, -low), bound: { most: -2 } }]).verdict).toBe(verdict);
});

test('the worst of several figures stands, and its reason names it; one without a bound is not judged', () => {
  const judgement = judgeIntervals([
    figure(0, 100),
    counted('lost', 'lost', 0, 'updates', { most: 0 }),
    { ...figure(1.9, 2.5), bound: { least: 2 } },
  ]);
  expect(judgement.verdict).toBe('inconclusive');
  expect(judgement.reason).toContain('ratio: 2.20x [1.90, 2.50], at least 2x');
});

describe('bounds', () => {
  test('hold with both ends included', () => {
    const figures = [counted('a', 'a', 2, 'x', { least: 2, most: 2 }), counted('free', 'free', 9, 'x')];
    expect(judgeBounds(figures)).toEqual({ verdict: 'holds' });
  });

  test('that are broken are reported: what was expected, what was got', () => {
    const figures = [
      counted('lost', 'lost', 3, 'updates', { most: 0 }),
      counted('pids', 'pids', 1, 'pids', { least: 2 }),
      counted('rows', 'rows', 2, 'rows', { least: 3, most: 3 }),
    ];
    expect(judgeBounds(figures)).toEqual({
      verdict: 'refuted',
      counted: true,
      reason:
        'lost: 3 updates, expected never; pids: 1 pids, expected at least 2 pids; rows: 2 rows, expected exactly 3 rows',
    });
  });

  test('are not kept by a figure that is no number', () => {
    expect(judgeBounds([counted('broken', 'broken', NaN, 'x', { least: 0 })]).verdict).toBe('refuted');
  });
});

test.each([
  ['holds', undefined, 8, 8],
  ['inconclusive', undefined, 7, 8],
  ['inconclusive', undefined, 2, 8],
  ['refuted', undefined, 1, 8],
  ['refuted', true, 9, 8],
  ['refuted', undefined, 0, 1],
  ['refuted', true, 2, 1],
  ['holds', undefined, 1, 1],
])('the verdict is %s (counted: %s) where %i were in flight of %i', (verdict, wasCounted, most, expected) => {
  const judgement = judgeAtOnce(counted('in-flight', 'in flight', most, 'requests', { most: expected }));
  expect([judgement.verdict, judgement.counted]).toEqual([verdict, wasCounted]);
});

describe('several judgements', () => {
  test('hold together where all do, with the qualifier of one', () => {
    expect(allHold([{ verdict: 'holds' }, { verdict: 'holds', qualifier: 'contended', reason: 'busy' }])).toEqual({
      verdict: 'holds',
      qualifier: 'contended',
      reason: 'busy',
    });
  });

  test('come out as the worst of them', () => {
    const worst = (...verdicts: Judgement['verdict'][]) => allHold(verdicts.map((verdict) => ({ verdict }))).verdict;
    expect(worst('holds', 'refuted', 'inconclusive')).toBe('refuted');
    expect(worst('cannot-show', 'inconclusive', 'holds')).toBe('inconclusive');
    expect(worst('cannot-show', 'holds')).toBe('cannot-show');
  });
});
