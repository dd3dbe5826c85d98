import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Worker } from 'node:worker_threads';
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

test('a thread that is ended from outside rejects, once the other has ended too', async () => {
  const ended: number[] = [];
  let begun = 0;
  const kill = (message: unknown): void => {
    const { worker } = message as { worker: Worker };
    if (++begun === 1) worker.once('online', () => void worker.terminate());
    worker.once('exit', (code) => ended.push(code));
  };
  subscribe('worker_threads', kill);
  try {
    await expect(helloThreads(['A', 'B'], () => {})).rejects.toThrow(
      'Expected the thread to end with exit code 0, got 1',
    );
  } finally {
    unsubscribe('worker_threads', kill);
  }
  expect(ended).toHaveLength(2);
});

test('both threads are alive at once', async () => {
  expect(await mostAlive(() => helloThreads(['A', 'B'], () => {}))).toBe(2);
});
