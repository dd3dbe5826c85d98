import { expect, test } from 'vitest';
import { mostAlive } from '../src/hello-threads/proof/rounds.ts';
import { helloThreads } from '../src/hello-threads/recipe.ts';
import type { Line } from '../src/hello-threads/recipe.ts';

test('two threads print 0 to 4 each, in their own order, from two thread ids, before the promise resolves', async () => {
  const printed: Line[] = [];
  const lines = await helloThreads(['A', 'B'], (line) => printed.push(line));
  expect(printed).toEqual(lines);
  for (const name of ['A', 'B']) {
    expect(lines.filter((line) => line.name === name).map(({ number }) => number)).toEqual([0, 1, 2, 3, 4]);
  }
  expect(new Set(lines.map(({ threadId }) => threadId)).size).toBe(2);
});

test('no thread, no line', async () => {
  expect(await helloThreads([], () => {})).toEqual([]);
});

test('both threads are alive at once', async () => {
  expect(await mostAlive(() => helloThreads(['A', 'B'], () => {}))).toBe(2);
});
