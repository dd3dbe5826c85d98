import { Script } from 'node:vm';
import { expect, test } from 'vitest';
import { droppedOf, gapsOf } from '../src/page/client/frames.ts';
import { countPrimes } from '../src/page/client/work.ts';
import { readAssets } from '../src/page/markup/assets.ts';

test('the work of the live part counts primes, in one piece or in many', () => {
  expect(countPrimes(0, 100_000)).toBe(9_592);
  const pieces = Array.from({ length: 500 }, (_, index) => countPrimes(index * 200, (index + 1) * 200));
  expect(pieces.reduce((sum, count) => sum + count, 0)).toBe(9_592);
});

test('frames dropped are counted from the usual gap of the same run', () => {
  const frames = [0, 16, 32, 48, 64, 80, 176, 192];
  const gaps = gapsOf({ frames, keyDelays: [] });
  expect(Math.max(...gaps)).toBe(96);
  expect(droppedOf(gaps)).toBe(5);
  expect(droppedOf([])).toBe(0);
});

test('the scripts of the page are JavaScript that imports nothing, and its style is whole', async () => {
  const { style, script, worker } = await readAssets();
  for (const code of [script, worker]) {
    expect(() => new Script(code)).not.toThrow();
    expect(code).not.toMatch(/\bimport\b/);
  }
  expect(style).not.toContain('@import');
  for (const part of ['.masthead', '.claims', '.feel', '@media print']) expect(style).toContain(part);
});
