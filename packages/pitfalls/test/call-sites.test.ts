import { expect, test } from 'vitest';
import { cpuOf, fix, inNewProcess, work } from '../src/call-sites/recipe.ts';

test('the work is a linear congruential generator: the same for the same seed', () => {
  expect(work(1)).toBe(work(1));
  expect(work(1)).not.toBe(work(2));
});

test('it calls what it is given, with the number of the call, so many times', () => {
  const seen: number[] = [];
  cpuOf((n) => seen.push(n), 5);
  expect(seen).toEqual([0, 1, 2, 3, 4]);
});

test('the last of eight measurements in one process costs over 1.5 times as much as the first', async () => {
  expect(await inNewProcess('trap')).toBeGreaterThan(1.5);
});

test('two processes that have measured nothing before agree', async () => {
  const ratio = await fix(7);
  expect(Math.max(ratio, 1 / ratio)).toBeLessThan(1.5);
});

test('in turns, a function costs as much as itself', async () => {
  const ratio = await inNewProcess('pairs');
  expect(Math.max(ratio, 1 / ratio)).toBeLessThan(1.33);
});

test('a child that ends without an answer is an error, and no promise that never settles', async () => {
  await expect(inNewProcess('once', ['--no-such-flag'])).rejects.toThrow('Expected a figure of the child, got none');
});
