import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { calibrate } from '@cookbook/lab/task';
import { expect, test } from 'vitest';
import { drawClock, startClock } from '../src/responsiveness/proof/clock.ts';
import { inline, inSlices, inWorker } from '../src/responsiveness/recipe.ts';

const unit = calibrate('primes', 120);

/** Turns of the event loop while the work is done. */
async function turnsDuring(work: () => Promise<void>): Promise<number> {
  let turns = 0;
  const state = { done: false };
  const count = async (): Promise<void> => {
    while (!state.done) {
      await turnOfTheLoop();
      if (!state.done) turns++;
    }
  };
  const counting = count();
  await work();
  state.done = true;
  await counting;
  return turns;
}

test('inline the event loop does not turn, though the function is async', async () => {
  expect(await turnsDuring(() => inline(unit))).toBe(0);
});

test.each([
  ['in a worker', inWorker],
  ['in slices', (work: typeof unit) => inSlices(work, 10)],
])('%s the event loop turns meanwhile', async (_, way) => {
  expect(await turnsDuring(() => way(unit))).toBeGreaterThanOrEqual(5);
});

test('an error of the work in a worker rejects', async () => {
  await expect(inWorker({ ...unit, kernel: 'nothing' as 'primes' })).rejects.toThrow();
});

test.each([0, -1, NaN])('slices of %s ms are refused', async (ms) => {
  await expect(inSlices(unit, ms)).rejects.toThrow(`Expected \`ms\` to be a number above 0, got ${ms}`);
});

test('the clock ticks while the loop turns, stands still while it does not, and ends', async () => {
  const pictures: string[] = [];
  const clock = startClock((picture) => pictures.push(picture));
  await inline(unit);
  expect(clock.ticks).toBe(0);
  await inWorker(unit);
  clock.stop();
  const { ticks } = clock;
  expect(ticks).toBeGreaterThan(0);
  expect(pictures).toHaveLength(ticks);
  await inWorker(unit);
  expect(clock.ticks).toBe(ticks);
});

test('the picture shows a long stop as a full bar, and names it', () => {
  expect(drawClock(520, [25, 25, 301, 25])).toBe('◴  0.52 s  ▂▂█▂  longest time between two ticks 301 ms');
  expect(drawClock(0, [])).toContain('longest time between two ticks 0 ms');
});
