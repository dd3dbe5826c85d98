import { describe, expect, test } from 'vitest';
import { orderOf } from '../../src/race/order.ts';
import { judgeTally, tally, tallyFigures, tallyHeadline } from '../../src/race/outcomes.ts';

const grades = { right: 'acceptable', odd: 'interesting', wrong: 'forbidden' } as const;

describe('a race', () => {
  test('holds where nothing forbidden was seen', () => {
    expect(judgeTally(tally(['right', 'odd', 'right'], grades))).toEqual({ verdict: 'holds' });
  });

  test('is refuted by one forbidden outcome', () => {
    expect(judgeTally(tally(['right', 'wrong'], grades))).toMatchObject({ verdict: 'refuted' });
  });

  test('is refuted by an outcome that nobody declared', () => {
    expect(judgeTally(tally(['right', 'never heard of'], grades)).reason).toContain("'never heard of' 1 times");
  });

  test('cannot be shown where it was to strike and did not: no false green', () => {
    expect(judgeTally(tally(['right', 'right'], grades), 'odd')).toEqual({
      verdict: 'cannot-show',
      reason: "'odd' not observed in 2 rounds",
    });
    expect(judgeTally(tally(['right', 'odd'], grades), 'odd')).toEqual({ verdict: 'holds' });
  });

  test('tells every declared outcome with its count, those never seen too', () => {
    const figures = tallyFigures(tally(['right', 'right', 'odd'], grades), 'race');
    expect(figures.map(({ name, median, bound }) => [name, median, bound])).toEqual([
      ['race: right (acceptable)', 2, undefined],
      ['race: odd (interesting)', 1, undefined],
      ['race: wrong (forbidden)', 0, { most: 0 }],
    ]);
    expect(tallyHeadline(tally(['odd', 'right', 'right'], grades))).toBe('right 2, odd 1 of 3 rounds');
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
