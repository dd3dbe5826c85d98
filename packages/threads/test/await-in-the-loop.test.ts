import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allAtOnce, inAWindow, oneAtATime } from '../src/await-in-the-loop/recipe.ts';

/** A task that counts how many of its kind are in flight. */
function counting() {
  const seen = { running: 0, most: 0, started: 0 };
  const run = async (input: number): Promise<number> => {
    seen.started++;
    seen.running++;
    seen.most = Math.max(seen.most, seen.running);
    await new Promise((resolve) => setTimeout(resolve, input % 3));
    seen.running--;
    return input * 2;
  };
  return { seen, run };
}

const inputs = [5, 3, 8, 1, 9, 2, 7];
const outputs = [10, 6, 16, 2, 18, 4, 14];

test.each([
  ['one at a time', oneAtATime, 1],
  ['all at once', allAtOnce, 7],
  ['in a window of 3', (list: readonly number[], run: (n: number) => Promise<number>) => inAWindow(list, run, 3), 3],
] as const)('%s: the outputs are in order, and never more are in flight than that', async (_, way, most) => {
  const { seen, run } = counting();
  expect(await way(inputs, run)).toEqual(outputs);
  expect(seen.most).toBe(most);
});

test('whatever the list and the width: every input once, in order, the window full and never over', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(9), { maxLength: 20 }), fc.integer({ min: 1, max: 6 }), async (list, width) => {
      const { seen, run } = counting();
      expect(await inAWindow(list, run, width)).toEqual(list.map((input) => input * 2));
      expect(seen.most).toBe(Math.min(width, list.length));
      expect(seen.started).toBe(list.length);
    }),
    { numRuns: 40 },
  );
});

test('a window reads its inputs as it goes: of an endless list no more than the width ahead', async () => {
  let read = 0;
  function* endless(): Generator<number> {
    for (;;) yield read++;
  }
  const stop = inAWindow(
    endless(),
    async (input) => {
      if (input === 10) throw new Error('enough');
    },
    2,
  );
  await expect(stop).rejects.toThrow('enough');
  expect(read).toBeLessThanOrEqual(12);
});

test('after an error no further task is started', async () => {
  let started = 0;
  const run = async (input: number): Promise<void> => {
    started++;
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (input === 1) throw new Error('the task failed');
  };
  await expect(inAWindow([1, 2, 3, 4, 5, 6], run, 2)).rejects.toThrow('the task failed');
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(started).toBeLessThanOrEqual(3);
});

test.each([0, 3])('after an error at input %i nothing is in flight any more, and the list is closed', async (bad) => {
  let closed = false;
  function* endless(): Generator<number> {
    try {
      for (let n = 0; ; n++) yield n;
    } finally {
      closed = true;
    }
  }
  let running = 0;
  const run = async (input: number): Promise<void> => {
    running++;
    await new Promise((resolve) => setTimeout(resolve, input === bad ? 1 : 30));
    running--;
    if (input === bad) throw new Error('the task failed');
  };
  await expect(inAWindow(endless(), run, 4)).rejects.toThrow('the task failed');
  expect(running).toBe(0);
  expect(closed).toBe(true);
});

test('an error of the list stops the tasks as well as one of a task', async () => {
  let [read, started, running] = [0, 0, 0];
  const list = {
    [Symbol.iterator]: () => list,
    next() {
      if (++read === 4) throw new Error('the list failed');
      return { done: false, value: read };
    },
  };
  const run = async (): Promise<void> => {
    started++;
    running++;
    await new Promise((resolve) => setTimeout(resolve, 10));
    running--;
  };
  await expect(inAWindow(list as Iterable<number>, run, 2)).rejects.toThrow('the list failed');
  expect([started, running]).toEqual([3, 0]);
});

test.each([0, -1, 2.5])('a window of %s is refused', async (width) => {
  await expect(inAWindow([1], async () => {}, width)).rejects.toThrow(
    `Expected \`width\` to be an integer from 1 up, got ${width}`,
  );
});
