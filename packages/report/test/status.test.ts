import { describe, expect, test } from 'vitest';
import type { Verdict } from '@cookbook/lab/claim';
import type { Results } from '../src/results/format.ts';
import { statusOf } from '../src/run/status.ts';
import { made, madeClaim } from './made.ts';

const withVerdicts = (...verdicts: Verdict[]): Results =>
  made({ claims: verdicts.map((verdict) => madeClaim('threads/kill', { verdict })) });

describe('the exit status', () => {
  test.each([
    [['holds', 'cannot-show'], false, 0],
    [['holds', 'cannot-show'], true, 0],
    [['holds', 'inconclusive'], false, 0],
    [['holds', 'inconclusive'], true, 3],
    [['refuted', 'holds'], false, 1],
    [['refuted', 'inconclusive'], true, 1],
  ] as const)('of %j, strict %j, is %i', (verdicts, strict, status) => {
    expect(statusOf(withVerdicts(...verdicts), strict)).toBe(status);
  });

  test('is 1 where a chapter cannot be read, unless others were asked for', () => {
    const [first] = made().chapters;
    const chapters = [first!, { name: 'broken', title: '', sections: [], failure: 'it is' }];
    const of = (...only: string[]): number =>
      statusOf(made({ chapters, selection: { only, quick: false, timeBudget: 15 } }), false);
    expect([of(), of('broken'), of('threads'), of('threads/kill')]).toEqual([1, 1, 0, 0]);
  });
});
