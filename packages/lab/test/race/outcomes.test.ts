import { describe, expect, test } from 'vitest';
import { orderOf } from '../../src/race/order.ts';
import { judgeTally, outcomes, tally } from '../../src/race/outcomes.ts';

const grades = { right: 'acceptable', odd: 'interesting', wrong: 'forbidden' } as const;

describe('a race', () => {
  test('holds where nothing forbidden was seen', () => {
    expect(judgeTally(tally(['right', 'odd', 'right'], grades))).toEqual({ verdict: 'holds' });
  });

  test('is refuted by one forbidden outcome', () => {
    expect(judgeTally(tally(['right', 'wrong'], grades))).toMatchObject({ verdict: 'refuted' });
  });

  test('is refuted by an outcome that nobody declared', () => {
    expect(judgeTally(tally(['right', 'never heard of'], grades)).reason).toBe(
      'never heard of in 1 of 2 rounds, which must never happen',
    );
  });

  test('cannot be shown where the outcome it provokes was not seen: no false green', () => {
    expect(judgeTally(tally(['right', 'right'], grades), 'odd')).toEqual({
      verdict: 'cannot-show',
      reason: "'odd' was not seen in 2 rounds",
    });
    expect(judgeTally(tally(['right', 'odd'], grades), 'odd')).toEqual({ verdict: 'holds' });
  });

  test('has a figure for every declared outcome with its count, those never seen too', () => {
    const { figures } = outcomes('', 'plus', 'with ++', tally(['right', 'right', 'odd'], grades));
    expect(figures.map(({ key, name, median, unit, bound }) => [key, name, median, unit, bound])).toEqual([
      ['plus-right', 'with ++: right', 2, 'of 3 rounds', undefined],
      ['plus-odd', 'with ++: odd', 1, 'of 3 rounds', undefined],
      ['plus-wrong', 'with ++: wrong', 0, 'of 3 rounds', { most: 0 }],
    ]);
  });

  test('names what was run in its reason', () => {
    const { judgement } = outcomes('', 'plus', 'with ++', tally(['wrong'], grades));
    expect(judgement?.reason).toBe('with ++: wrong in 1 of 1 rounds, which must never happen');
  });
});

describe('the order of lines', () => {
  const lines = (text: string) => text.split(' ').map((word) => ({ name: word[0]!, number: Number(word[1]) }));

  test.each([
    ['A0 A1 B0 B1', 'A before B'],
    ['B0 B1 A0 A1', 'B before A'],
    ['A0 B0 A1 B1', 'interleaved'],
    ['A1 A0 B0 B1', 'own order broken'],
    ['A0 A1 B0', 'lines lost'],
    ['A0 A1 A0 B1', 'lines lost'],
  ])('%s: %s', (text, order) => {
    expect(orderOf(lines(text), ['A', 'B'], 2)).toBe(order);
  });
});
