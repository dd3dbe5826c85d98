import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mapLimited } from '../src/map-limited/recipe.ts';
import { mayRetry, parseRetryAfter, waitBefore } from '../src/retry/policy.ts';

describe('what may be tried again', () => {
  test.each(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'])('%s may, POST and PATCH never', (method) => {
    for (const failure of [{ status: 503 }, { status: 429 }, { code: 'ECONNRESET' }]) {
      expect(mayRetry(method, failure)).toBe(true);
      expect(mayRetry('POST', failure)).toBe(false);
      expect(mayRetry('PATCH', failure)).toBe(false);
    }
  });

  test('is no answer of which another attempt would be the same, and no error of our own', () => {
    const statuses = Array.from({ length: 500 }, (_, index) => index + 100);
    expect(statuses.filter((status) => mayRetry('GET', { status }))).toEqual([408, 429, 500, 502, 503, 504]);
    for (const code of ['ERR_INVALID_URL', 'UND_ERR_ABORTED', 'ENOTFOUND', 'AbortError'])
      expect(mayRetry('GET', { code })).toBe(false);
    expect(mayRetry('GET', {})).toBe(false);
  });
});

test('a wait is between 0, or what Retry-After says, and a limit that doubles up to the most', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000 }),
      fc.integer({ min: 1, max: 60_000 }),
      fc.integer({ min: 1, max: 80 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      fc.option(fc.nat(90_000), { nil: undefined }),
      (base, most, failed, chance, retryAfter) => {
        const wait = waitBefore({ base, most }, failed, chance, retryAfter === undefined ? {} : { retryAfter });
        const limit = Math.min(most, base * 2 ** (failed - 1));
        expect(wait).toBeGreaterThanOrEqual(retryAfter ?? 0);
        expect(wait).toBeLessThanOrEqual(Math.max(limit, retryAfter ?? 0));
        expect(waitBefore({ base, most }, failed, 0.5, {})).toBe(limit / 2);
      },
    ),
  );
});

test.each([
  ['0', 0],
  ['120', 120_000],
  ['Wed, 21 Oct 2015 07:28:30 GMT', 30_000],
  ['Wed, 21 Oct 2015 07:27:00 GMT', 0],
  ['soon', undefined],
  ['-1', undefined],
  ['1.5', undefined],
  ['2015', 2_015_000],
  [['1', '2'], undefined],
  [undefined, undefined],
])('Retry-After: %j is %j ms', (header, ms) => {
  expect(parseRetryAfter(header, Date.UTC(2015, 9, 21, 7, 28, 0))).toBe(ms);
});

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

  test('the first failure cancels all others, none is under way when it is told, and those that wait never begin', async () => {
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
          const told = outputs.catch((error: Error) => `${error.message}, ${running} running`);
          await s.waitFor(told);
          expect(await told).toBe(`input ${failing}, 0 running`);
          expect(begunAfter).toBe(0);
        },
      ),
    );
  });

  test('a signal cancels what is under way and what waits, and is the reason that is told', async () => {
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
