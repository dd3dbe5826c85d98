import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { measureEventLoopDelay } from '../../src/host/event-loop-delay.ts';

function block(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

const BLOCK = 60;

test.each([
  ['that is all of the work', () => block(BLOCK)],
  [
    'at the very start of the work',
    async () => {
      block(BLOCK);
      await sleep(20);
    },
  ],
  [
    'in the middle of the work',
    async () => {
      await sleep(20);
      block(BLOCK);
      await sleep(20);
    },
  ],
  [
    'at the very end of the work',
    async () => {
      await sleep(20);
      block(BLOCK);
    },
  ],
] as const)('a block %s is seen, whole', async (_, work) => {
  const { max, wall } = await measureEventLoopDelay<void>(work);
  expect(max).toBeGreaterThanOrEqual(BLOCK - 2); // the monitor's timer may have been about to fire
  expect(wall).toBeGreaterThanOrEqual(BLOCK);
});

test('a single block is seen among hundreds of turns, where a percentile would miss it', async () => {
  const { max } = await measureEventLoopDelay(async () => {
    for (let turn = 0; turn < 300; turn++) await sleep(1);
    block(BLOCK);
    for (let turn = 0; turn < 300; turn++) await sleep(1);
  });
  expect(max).toBeGreaterThanOrEqual(BLOCK - 2);
});

test('two blocks with a turn of the loop between them are not one', async () => {
  const samples = [];
  for (let round = 0; round < 3; round++) {
    const { max } = await measureEventLoopDelay(async () => {
      block(BLOCK);
      await sleep(5);
      block(BLOCK);
    });
    samples.push(max);
  }
  expect(Math.min(...samples)).toBeLessThan(2 * BLOCK);
});

test('the result of the work comes back', async () => {
  expect((await measureEventLoopDelay(() => 42)).result).toBe(42);
  expect((await measureEventLoopDelay(async () => 'later')).result).toBe('later');
});

test('an error of the work passes through', async () => {
  await expect(
    measureEventLoopDelay(() => {
      throw new Error('the work failed');
    }),
  ).rejects.toThrow('the work failed');
});
