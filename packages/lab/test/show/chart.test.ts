import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asNote, logChart } from '../../src/show/chart.ts';
import type { Series } from '../../src/show/chart.ts';
import { wrap } from '../../src/show/terminal.ts';

const options = { columns: 60, rows: 9, formatX: String, formatY: (y: number) => `${y} ms` };

/** Column and row, from the top, of a mark in the drawing. */
function find(lines: readonly string[], mark: string): { row: number; column: number }[] {
  return lines
    .slice(0, options.rows)
    .flatMap((line, row) =>
      line.split('').flatMap((character, column) => (column >= 13 && character === mark ? [{ row, column }] : [])),
    );
}

describe('a chart with logarithmic axes', () => {
  test('equal ratios are equal distances, on both axes', () => {
    const points = [1, 100, 10_000].map((value) => ({ x: value, y: value }));
    const marks = find(logChart([{ name: 'line', points }], options), 'a');
    expect(marks.map(({ row }) => row)).toEqual([0, 4, 8]);
    expect(marks.map(({ column }) => column)).toEqual([59, 36, 13]);
  });

  test('powers of ten are labelled where they stand', () => {
    const lines = logChart([{ name: 'line', points: [1, 10_000].map((value) => ({ x: value, y: value })) }], options);
    expect(lines[0]).toMatch(/^ {2}10000 ms ┤/);
    expect(lines[4]).toMatch(/^ {4}100 ms ┤/);
    expect(lines[8]).toMatch(/^ {6}1 ms ┤/);
    expect(lines[9]).toMatch(/^ {10} └─┴─+┴─+┴─+┴─+┴$/);
    expect(lines[10]!.trim().split(/ +/)).toEqual(['1', '10', '100', '1000', '10000']);
  });

  test('two series at one place are a star, and the legend names both', () => {
    const series: Series[] = ['first', 'second'].map((name, index) => ({
      name,
      points: [
        { x: 1, y: 1 },
        { x: 10, y: 10 ** (1 + index) },
      ],
    }));
    const lines = logChart(series, options);
    expect(find(lines, '*')).toEqual([{ row: 8, column: 13 }]);
    expect(find(lines, 'a')).toHaveLength(1);
    expect(find(lines, 'b')).toHaveLength(1);
    expect(lines.at(-1)).toBe('a first   b second');
  });

  test('one point alone is drawn', () => {
    expect(find(logChart([{ name: 'one', points: [{ x: 3, y: 7 }] }], options), 'a')).toHaveLength(1);
  });

  test('no line is longer than the columns, and every point is inside, whatever the values', () => {
    const value = fc.double({ min: 1e-9, max: 1e12, noNaN: true });
    const series = fc.record({
      name: fc.string({ unit: 'grapheme-ascii', maxLength: 80 }),
      points: fc.array(fc.record({ x: value, y: value }), { minLength: 1, maxLength: 12 }),
    });
    fc.assert(
      fc.property(
        fc.array(series, { minLength: 1, maxLength: 9 }),
        fc.integer({ min: 40, max: 160 }),
        (all, columns) => {
          const lines = logChart(all, { ...options, columns });
          for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
          for (const line of lines.slice(0, options.rows)) expect(line).toMatch(/^.{10} [│┤]/);
          const drawn = lines.slice(0, options.rows).flatMap((line) => line.slice(12).match(/[^ ]/g) ?? []);
          expect(drawn.length).toBeGreaterThan(0);
          expect(drawn.length).toBeLessThanOrEqual(all.flatMap(({ points }) => points).length);
        },
      ),
    );
  });

  test.each([
    [{ points: [{ x: 0, y: 1 }] }, {}, 'Expected every value to be a number above 0, got 0'],
    [{ points: [{ x: 1, y: NaN }] }, {}, 'Expected every value to be a number above 0, got NaN'],
    [{ points: [{ x: 1, y: 1 }] }, { columns: 39 }, 'Expected `columns` to be an integer from 40 up, got 39'],
    [{ points: [{ x: 1, y: 1 }] }, { rows: 3 }, 'Expected `rows` to be an integer from 4 up, got 3'],
  ])('what cannot be drawn is refused: %j %j', ({ points }, changed, message) => {
    expect(() => logChart([{ name: 'wrong', points }], { ...options, ...changed })).toThrow(message);
  });

  test('as a note it comes out of the wrapping as it was drawn', () => {
    const lines = logChart([{ name: 'a line', points: [1, 1_000].map((value) => ({ x: value, y: value })) }], options);
    const wrapped = wrap(asNote(lines), options.columns + 4, '    ').split('\n');
    expect(wrapped.map((line) => line.slice(4).replaceAll('\u00a0', ' '))).toEqual(lines);
  });

  test('no point, no chart', () => {
    expect(() => logChart([{ name: 'empty', points: [] }], options)).toThrow('Expected at least one point, got none');
  });
});
