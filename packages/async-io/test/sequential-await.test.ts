import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exitStatusOf } from '../src/sequential-await/proof/early-rejection.ts';
import {
  byFromAsync,
  byGenerator,
  byReduce,
  inALoop,
  inALoopWithALimit,
  limited,
  startedThenAwaited,
  together,
  WIDTH,
} from '../src/sequential-await/recipe.ts';

const { signal } = new AbortController();

/** A call that counts how many of its kind are in flight; later numbers answer sooner. */
function counting(length: number) {
  const seen = { running: 0, most: 0 };
  const get = async (number: number): Promise<number> => {
    seen.most = Math.max(seen.most, ++seen.running);
    for (let turn = number; turn < length; turn++) await Promise.resolve();
    seen.running--;
    return number * 2;
  };
  return { seen, get };
}

const forms = [
  ['inALoop', inALoop, 1],
  ['inALoopWithALimit', inALoopWithALimit, 1],
  ['byReduce', byReduce, 1],
  ['byFromAsync', byFromAsync, 1],
  ['byGenerator', byGenerator, 1],
  ['together', together, Infinity],
  ['limited', limited, WIDTH],
  ['startedThenAwaited', startedThenAwaited, Infinity],
] as const;

test.each(forms)('%s: every answer in order, and never more in flight than its limit', async (_name, form, width) => {
  await fc.assert(
    fc.asyncProperty(fc.nat(20), async (length) => {
      const numbers = Array.from({ length }, (_, number) => number);
      const { seen, get } = counting(length);
      expect(await form(numbers, get)).toEqual(numbers.map((number) => number * 2));
      expect(seen.most).toBe(Math.min(length, width));
    }),
    { numRuns: 30 },
  );
});

describe('a promise that rejects before its turn', () => {
  test('ends the program where it is awaited later, though there is a try', async () => {
    expect(await exitStatusOf('started, then awaited', signal)).toBe(1);
  });

  test('is caught where all are awaited together', async () => {
    expect(await exitStatusOf('together', signal)).toBe(0);
  });

  test('leaves nothing behind when the measurement is aborted', async () => {
    const stop = new AbortController();
    const status = exitStatusOf('together', stop.signal);
    setTimeout(() => stop.abort(new Error('enough')), 60);
    await expect(status).rejects.toThrow('enough');
  });
});
