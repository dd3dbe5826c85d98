import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { drawCores, openScreen, sparkline, table, wrap } from '../../src/show/terminal.ts';

test('a table lines its columns up and needs no colour', () => {
  const drawn = table(
    [
      { name: 'a', x: '1.5x' },
      { name: 'longer', x: '10.25x' },
    ],
    ['x'],
  );
  const lines = drawn.split('\n');
  expect(lines).toHaveLength(4);
  expect(lines[1]).toMatch(/^─+$/);
  expect(lines[2]!.endsWith('1.5x')).toBe(true);
  expect(lines[2]!.length).toBe(lines[3]!.length);
});

test('a table that is too wide breaks its first column', () => {
  const rows = [{ name: 'a name of a figure that takes much room', x: '1.5x' }];
  const lines = table(rows, ['x'], 40).split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
  expect(lines).toHaveLength(4);
  expect(table(rows, ['x'], 80)).toBe(table(rows, ['x']));
});

test('a sparkline has a column for each value and keeps within its levels', () => {
  expect(sparkline([0, 0.5, 1, 2, -1])).toBe('▁▅██▁');
});

describe('the picture of the cores', () => {
  const samples = (cores: number) =>
    Array.from({ length: 5 }, (_, at) => ({
      at,
      loads: Array.from({ length: cores }, (__, core) => (core === 0 ? 1 : 0)),
    }));

  test('has a row a core with its mean', () => {
    expect(drawCores(samples(2), 80)).toEqual(['core 0       █████ 100 %', 'core 1       ▁▁▁▁▁ 0 %']);
  });

  test('groups the cores of a large machine into at most 8 rows', () => {
    const rows = drawCores(samples(64), 80);
    expect(rows).toHaveLength(8);
    expect(rows[0]).toMatch(/^cores 0-7 /);
  });

  test('is empty where the system reports nothing', () => {
    expect(drawCores([{ at: 0, loads: [] }], 80)).toEqual([]);
    expect(drawCores([], 80)).toEqual([]);
  });

  test('shows the latest samples where not all fit', () => {
    const long = Array.from({ length: 500 }, (_, at) => ({ at, loads: [at === 499 ? 1 : 0] }));
    const [row] = drawCores(long, 60);
    expect(row!.length).toBeLessThanOrEqual(60);
    expect(row).toContain('█');
  });
});

test('wrapped text keeps within its columns, words whole', () => {
  expect(wrap('one two three four', 10, '  ')).toBe('  one two\n  three\n  four');
  expect(wrap('one two three', 9, '  ', '* long ')).toBe('* long one\n  two\n  three');
  expect(wrap('  const a = 1;\n    b\n\n  one two three', 12)).toBe('  const a =\n  1;\n    b\n\n  one two\n  three');
});

test('a screen in a pipe prints plain lines and draws nothing', async () => {
  const stream = new PassThrough() as unknown as NodeJS.WriteStream;
  const screen = openScreen(stream);
  screen.draw('a drawing');
  screen.print('a line');
  screen.close();
  stream.end();
  const chunks = await (stream as unknown as PassThrough).toArray();
  expect(chunks.join('')).toBe('a line\n');
});
