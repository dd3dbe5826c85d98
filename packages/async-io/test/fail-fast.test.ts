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

  test('a limit of 0 is refused', async () => {
    await expect(mapLimited([1], 0, async () => 1)).rejects.toThrow(
      'Expected `concurrency` to be a number from 1 and up',
    );
  });
});
