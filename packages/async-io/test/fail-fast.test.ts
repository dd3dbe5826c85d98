import { getEventListeners } from 'node:events';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mapLimited } from '../src/fail-fast/recipe.ts';

describe('many at once, but not too many', () => {
  test('never more than the limit, in whatever order they end; outputs are in the order of the inputs', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.nat()),
        fc.integer({ min: 1, max: 8 }),
        async (s, inputs, concurrency) => {
          let [running, most] = [0, 0];
          const work = async (input: number): Promise<number> => {
            most = Math.max(most, ++running);
            await s.schedule(Promise.resolve());
            running--;
            return input * 2;
          };
          const outputs = mapLimited(inputs, concurrency, work);
          await s.waitFor(outputs);
          expect(await outputs).toEqual(inputs.map((input) => input * 2));
          expect(most).toBe(Math.min(inputs.length, concurrency));
        },
      ),
    );
  });

  test('the first failure cancels all others, none is under way when it is reported, and those that wait never begin', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 5 }),
        fc.nat(19),
        async (s, count, concurrency, at) => {
          const failing = at % count;
          let [running, begunAfter, failed] = [0, 0, false];
          const work = async (input: number, signal: AbortSignal): Promise<void> => {
            running++;
            if (failed) begunAfter++;
            await s.schedule(Promise.resolve());
            running--;
            signal.throwIfAborted();
            if (input !== failing) return;
            failed = true;
            throw new Error(`input ${input}`);
          };
          const inputs = Array.from({ length: count }, (_, index) => index);
          const outputs = mapLimited(inputs, concurrency, work);
          const outcome = outputs.catch((error: Error) => `${error.message}, ${running} running`);
          await s.waitFor(outcome);
          expect(await outcome).toBe(`input ${failing}, 0 running`);
          expect(begunAfter).toBe(0);
        },
      ),
    );
  });

  test('a signal cancels what is under way and what waits, and is the reason of the rejection', async () => {
    const stop = new AbortController();
    let begun = 0;
    const work = (_: number, signal: AbortSignal): Promise<never> => {
      begun++;
      return new Promise((__, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    };
    const all = mapLimited([1, 2, 3, 4, 5], 2, work, stop.signal);
    setImmediate(() => stop.abort(new Error('enough')));
    await expect(all).rejects.toThrow('enough');
    expect(begun).toBe(2);
    await expect(mapLimited([1], 1, work, stop.signal)).rejects.toThrow('enough');
    expect(begun).toBe(2);
  });

  test('what is thrown arrives as it was, `undefined` too, and also where it is thrown at once', async () => {
    for (const thrown of [undefined, 'a string', 0, { code: 7 }]) {
      const later = mapLimited([1, 2, 3], 2, async () => Promise.reject(thrown));
      const atOnce = mapLimited([1, 2, 3], 2, () => {
        throw thrown;
      });
      for (const outputs of [later, atOnce]) {
        expect(
          await outputs.then(
            () => 'no error',
            (error: unknown) => ({ error }),
          ),
        ).toEqual({ error: thrown });
      }
    }
  });

  test('10,000 calls leave nothing on a signal that lives for longer', async () => {
    const { signal } = new AbortController();
    for (let call = 0; call < 10_000; call++) await mapLimited([1, 2], 2, async (input) => input, signal);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test.each([0, -1, 1.5, NaN])('a limit of %d is refused', async (concurrency) => {
    await expect(mapLimited([1], concurrency, async () => 1)).rejects.toThrow(
      `Expected \`concurrency\` to be an integer from 1 up, got ${concurrency}`,
    );
  });
});
