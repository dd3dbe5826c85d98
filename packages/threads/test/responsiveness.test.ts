import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { calibrate } from '@cookbook/lab/task';
import { expect, test } from 'vitest';
import { drawClock, startClock } from '../src/responsiveness/proof/clock.ts';
import { stepsOf } from '../src/responsiveness/proof/unit-task.ts';
import { inline, inSlices, inWorker } from '../src/responsiveness/recipe.ts';

const unit = calibrate('primes', 120);
const task = new URL('../src/responsiveness/proof/unit-task.ts', import.meta.url);
const ways = {
  inline: () => inline(stepsOf(unit)),
  'in a worker': () => inWorker<number>(task, unit),
  'in slices': () => inSlices(stepsOf(unit), 10),
};

/** Turns of the event loop while the work is done. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
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
  expect(await turnsDuring(ways.inline)).toBe(0);
});

test.each(['in a worker', 'in slices'] as const)('%s the event loop turns meanwhile', async (way) => {
  expect(await turnsDuring(ways[way])).toBeGreaterThanOrEqual(5);
});

test.each(['inline', 'in a worker', 'in slices'] as const)(
  '%s the work is done and its result returned',
  async (way) => {
    expect(await ways[way]()).toBe(unit.repeats);
  },
);

test.each([
  ['inline', inline],
  ['in slices', inSlices],
])('an error of the work rejects %s', async (_, way) => {
  await expect(way(stepsOf({ ...unit, kernel: 'nothing' as 'primes' }))).rejects.toThrow();
});

test('an error of the work in a worker rejects', async () => {
  await expect(inWorker(task, { ...unit, kernel: 'nothing' })).rejects.toThrow();
});

test.each([0, -1, NaN])('slices of %s ms are refused', async (ms) => {
  await expect(inSlices(stepsOf(unit), ms)).rejects.toThrow(`Expected \`ms\` to be a number above 0, got ${ms}`);
});

test('the clock ticks while the loop turns, stands still while it does not, and ends', async () => {
  const pictures: string[] = [];
  const clock = startClock((picture) => pictures.push(picture));
  await ways.inline();
  expect(clock.ticks).toBe(0);
  await ways['in a worker']();
  clock.stop();
  const { ticks } = clock;
  expect(ticks).toBeGreaterThan(0);
  expect(pictures).toHaveLength(ticks);
  await ways['in a worker']();
  expect(clock.ticks).toBe(ticks);
});

test('the picture shows a long stop as a full bar, and names it', () => {
  expect(drawClock(520, [25, 25, 301, 25])).toBe('◴  0.52 s  ▂▂█▂  longest time between two ticks 301 ms');
  expect(drawClock(0, [])).toContain('longest time between two ticks 0 ms');
});
