import { setImmediate as turnOfTheLoop, setTimeout as sleep } from 'node:timers/promises';
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

const code = (text: string): URL => new URL(`data:text/javascript,${encodeURIComponent(text)}`);

test('a thread that ends without an output rejects, with exit code 0 too', async () => {
  const message = 'Expected an output of the thread, it ended with exit code';
  await expect(inWorker(code('export default () => process.exit(0)'), 1)).rejects.toThrow(`${message} 0`);
  await expect(inWorker(code('export default () => process.exit(3)'), 1)).rejects.toThrow(`${message} 3`);
  await expect(inWorker(code('export default () => new Promise(() => {})'), 1)).rejects.toThrow(message);
});

test('a thread ends with its work, and the timers that the work leaves behind with it', async () => {
  const leaving = 'setInterval(() => { throw new Error("a timer failed") }, 20)';
  expect(await inWorker(code(`export default (x) => { ${leaving}; return x; }`), 1)).toBe(1);
  await sleep(100);
});

test.each([undefined, null, 'text', { code: 7 }])('what the work throws in a worker arrives: %o', async (thrown) => {
  const throwing = code('export default (x) => { throw x; }');
  expect(await inWorker(throwing, thrown).catch((error: unknown) => ({ error }))).toEqual({ error: thrown });
  expect(await inWorker(code('export default (x) => x'), thrown)).toEqual(thrown);
});

test('what cannot be cloned rejects with a DataCloneError, and a module that is not there with its error', async () => {
  const echo = code('export default (x) => () => x');
  for (const input of [1, () => {}]) {
    await expect(inWorker(echo, input)).rejects.toMatchObject({ name: 'DataCloneError' });
  }
  await expect(inWorker(new URL('./no-such-task.ts', import.meta.url), 1)).rejects.toThrow('no-such-task');
});

test('a signal ends a computation in a worker, before it starts and while it runs', async () => {
  const endless = code('export default () => { for (;;); }');
  const reason = new Error('the caller went away');
  const stop = new AbortController();
  const { signal } = stop;
  const running = inWorker(endless, 1, { signal }).catch((error: unknown) => error);
  await sleep(50);
  stop.abort(reason);
  expect(await running).toBe(reason);
  expect(await inWorker(endless, 1, { signal }).catch((error: unknown) => error)).toBe(reason);
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
