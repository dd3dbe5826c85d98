import { expect, test } from 'vitest';
import { openEntries } from '../src/web-locks/proof/entries.ts';
import type { Way } from '../src/web-locks/recipe.ts';

async function overlaps(way: Way, threads: number, tasks: number): Promise<number> {
  const entries = openEntries(threads, tasks);
  try {
    return await entries.run(way, 1_000);
  } finally {
    await entries.close();
  }
}

test.each(['navigator.locks', 'Mutex.lockAsync'] as const)(
  '%s: of 4 tasks on one thread one is inside',
  async (way) => {
    expect(await overlaps(way, 1, 4)).toBe(0);
  },
);

test('Mutex.lockAsync: of 4 threads with 2 tasks each one is inside', async () => {
  expect(await overlaps('Mutex.lockAsync', 4, 2)).toBe(0);
});
