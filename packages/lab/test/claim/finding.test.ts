import { describe, expect, test } from 'vitest';
import { atOnce, combine, counted, counts, intervals, sampled, sentenceOf, shown } from '../../src/claim/index.ts';
import { expectAgreement } from '../../src/testing/claims.ts';

const none = (lost: number) =>
  counts(
    'With Atomics.add they lost none.',
    counted('lost', 'counts lost with Atomics.add', lost, 'counts', { most: 0 }),
  );
const slow = shown('The lock takes {cost}.', counted('cost', 'cost of the lock', 3, 'x'));

describe('a finding', () => {
  test('says its words where its figures hold', () => {
    expect(sentenceOf(none(0))).toBe('With Atomics.add they lost none.');
  });

  test('says what its figures are where they contradict its words', () => {
    expect(none(9).judgement).toMatchObject({ verdict: 'refuted', counted: true });
    expect(sentenceOf(none(9))).toBe('counts lost with Atomics.add: 9 counts, expected never.');
  });

  test('of samples that straddle a bound says so', () => {
    const finding = intervals(
      'Threads are {speedup} as fast.',
      sampled('speedup', 'speedup', [1, 2, 1, 2, 1], 'x', { least: 1.5 }),
    );
    expect(finding.judgement?.verdict).toBe('inconclusive');
    expect(sentenceOf(finding)).toContain('speedup: 1x [1, 2], at least 1.50x');
  });

  test('of how many ran at once holds for the exact number', () => {
    const seen = (most: number) => atOnce('{most} at once.', 'most', 'requests in flight', most, 4, 'requests');
    expect(sentenceOf(seen(4))).toBe('4 requests at once.');
    expect(sentenceOf(seen(1))).toBe('requests in flight: 1, expected 4.');
  });
});

describe('several findings', () => {
  test('hold together, and their sentences are the headline', () => {
    expect(combine([none(0), slow])).toMatchObject({
      judgement: { verdict: 'holds' },
      headline: 'With Atomics.add they lost none. The lock takes 3x.',
    });
  });

  test('are refuted by one of them, whose sentence comes first', () => {
    const { judgement, headline } = combine([slow, none(2)]);
    expect(judgement.verdict).toBe('refuted');
    expect(headline).toBe('counts lost with Atomics.add: 2 counts, expected never. The lock takes 3x.');
  });

  test('without any words are described by the first figure that has a bound', () => {
    const wordless = counts('', counted('a', 'a', 1, 'x'), counted('b', 'b', 2, 'x', { least: 2 }));
    expect(combine([wordless]).headline).toBe('b: 2x, at least 2x.');
  });
});

describe('the check that a headline agrees with a refutation', () => {
  test('passes findings whose words go when they are refuted', () => {
    expectAgreement([none(0), slow]);
  });

  test('fails where what a refuted finding affirms is said all the same', () => {
    const stubborn = { ...slow, words: 'With Atomics.add they lost none.' };
    expect(() => expectAgreement([none(0), stubborn])).toThrow('With Atomics.add they lost none.');
  });
});
