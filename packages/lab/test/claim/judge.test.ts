import { expect, test } from 'vitest';
import { counted } from '../../src/claim/claim.ts';
import { judgeIntervals } from '../../src/claim/judge.ts';

const figure = (low: number, high: number) => ({ name: 'ratio', median: (low + high) / 2, low, high, unit: 'x' });

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
    counted('lost', 0, 'updates', { most: 0 }),
    { ...figure(1.9, 2.5), bound: { least: 2 } },
  ]);
  expect(judgement.verdict).toBe('inconclusive');
  expect(judgement.reason).toContain('ratio: 2.20x [1.90, 2.50], at least 2x');
});
