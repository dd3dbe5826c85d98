import { AsyncLocalStorage } from 'node:async_hooks';
import { getEventListeners } from 'node:events';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { mostWithin } from '../src/rate-limit/proof/windows.ts';
import { RateLimit } from '../src/rate-limit/recipe.ts';

// A clock that the tests set: what is counted does not depend on the machine.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** A limit that keeps when its tasks start, ms. */
function watched(perSecond: number, burst: number, mostWaiting?: number) {
  const limit = new RateLimit({ perSecond, burst, ...(mostWaiting !== undefined && { mostWaiting }) });
  const starts: number[] = [];
  const order: unknown[] = [];
  const run = (name?: unknown, signal?: AbortSignal): Promise<unknown> =>
    limit.run(() => {
      starts.push(performance.now());
      order.push(name);
      return name;
    }, signal);
  return { limit, run, starts, order };
}

const waitForAll = async (all: readonly Promise<unknown>[]): Promise<unknown[]> => {
  const settled = Promise.all(all);
  await vi.runAllTimersAsync();
  return settled;
};

describe('starts', () => {
  test('a burst at once, then one in each interval, in the order of the calls', async () => {
    const { run, starts, order } = watched(50, 3);
    const begin = performance.now();
    const names = [0, 1, 2, 3, 4, 5];
    expect(await waitForAll(names.map((name) => run(name)))).toEqual(names);
    expect(starts.map((at) => Math.round(at - begin))).toEqual([0, 0, 0, 20, 40, 60]);
    expect(order).toEqual(names);
  });

  test('after a rest at most a burst at once, however long it was', async () => {
    const { run, starts } = watched(50, 3);
    await waitForAll([run()]);
    await vi.advanceTimersByTimeAsync(60_000);
    const begin = performance.now();
    await waitForAll(Array.from({ length: 5 }, () => run()));
    expect(starts.slice(1).map((at) => Math.round(at - begin))).toEqual([0, 0, 0, 20, 40]);
  });

  test('of any calls, at any rate: never more than burst + rate * time, and as soon as that allows', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(300), fc.integer({ min: 1, max: 12 })), { minLength: 1, maxLength: 8 }),
        fc.double({ min: 0.5, max: 2_000, noNaN: true }),
        fc.integer({ min: 1, max: 12 }),
        async (groups, perSecond, burst) => {
          const { run, starts, order } = watched(perSecond, burst);
          const begin = performance.now();
          const all: Promise<unknown>[] = [];
          for (const [pause, count] of groups) {
            await vi.advanceTimersByTimeAsync(pause);
            for (let n = 0; n < count; n++) all.push(run(all.length));
          }
          await waitForAll(all);
          expect(order).toEqual(order.map((_, n) => n));
          for (const ms of [1, 10, 100, 1_000, 5_000]) {
            expect(mostWithin(starts, ms)).toBeLessThanOrEqual(burst + (perSecond * ms) / 1_000 + 1e-6);
          }
          const rests = groups.reduce((sum, [pause]) => sum + pause, 0);
          const late = starts.length * 1; // ms: timers have no parts of one
          const longest = rests + (Math.max(0, all.length - burst) * 1_000) / perSecond + late;
          expect(starts.at(-1)! - begin).toBeLessThanOrEqual(longest);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('no more than a burst after the event loop was blocked', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    let blocked = 0; // ms, in which no timer goes off
    vi.spyOn(performance, 'now').mockImplementation(() => Date.now() + blocked);
    try {
      const limit = new RateLimit({ perSecond: 50, burst: 3 });
      const starts: number[] = [];
      const begin = performance.now();
      const all = Array.from({ length: 12 }, (_, n) =>
        limit.run(() => {
          starts.push(performance.now() - begin);
          if (n === 4) blocked += 1_000;
        }),
      );
      await waitForAll(all);
      expect(starts).toEqual([0, 0, 0, 20, 40, 1_040, 1_040, 1_040, 1_060, 1_080, 1_100, 1_120]);
    } finally {
      vi.restoreAllMocks();
    }
  });

  test('a task that calls the same limit waits for its turn, and two limits do not', async () => {
    const { limit, starts } = watched(50, 1);
    const other = watched(50, 1);
    const begin = performance.now();
    const inner: Promise<unknown>[] = [];
    const outer = limit.run(() => {
      inner.push(
        limit.run(() => starts.push(performance.now())),
        other.run(),
      );
    });
    await waitForAll([outer]);
    await Promise.all(inner);
    expect(Math.round(starts[0]! - begin)).toBe(20);
    expect(Math.round(other.starts[0]! - begin)).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a rate of one in 50 days: no timer is set for longer than it can be', async () => {
    const { run, starts } = watched(1 / (50 * 86_400), 1);
    const begin = performance.now();
    await waitForAll([run(), run()]);
    expect((starts[1]! - begin) / 86_400_000).toBeCloseTo(50, 3);
  });
});

describe('what a task throws', () => {
  test('arrives as it was, thrown at once or later, and has used a turn', async () => {
    const { limit, run, starts } = watched(50, 1);
    const begin = performance.now();
    for (const thrown of [new Error('no'), 'a string', undefined, null]) {
      for (const task of [
        () => Promise.reject(thrown),
        () => {
          throw thrown;
        },
      ]) {
        const outcome = limit.run(task).then(
          () => 'no error',
          (error: unknown) => ({ error }),
        );
        await vi.runAllTimersAsync();
        expect(await outcome).toEqual({ error: thrown });
      }
    }
    await waitForAll([run()]);
    expect(Math.round(starts[0]! - begin)).toBe(8 * 20);
  });
});

describe('an abort', () => {
  test('before the call starts nothing and takes no turn', async () => {
    const { run, starts } = watched(50, 1);
    await expect(run('a', AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
    const begin = performance.now();
    await waitForAll([run('b')]);
    expect(starts).toEqual([begin]);
  });

  test('while it waits rejects with its reason, takes no turn, and lets the next ones move up', async () => {
    const { run, order, starts } = watched(50, 1);
    const begin = performance.now();
    const stop = new AbortController();
    const first = run('first');
    const aborted = run('aborted', stop.signal).catch((error: unknown) => error);
    const last = run('last');
    stop.abort('gone');
    expect(await aborted).toBe('gone');
    await waitForAll([first, last]);
    expect(order).toEqual(['first', 'last']);
    expect(Math.round(starts[1]! - begin)).toBe(20);
  });

  test('of the last that waits leaves no timer; those that come later have one', async () => {
    const { run, limit } = watched(0.001, 1);
    await run();
    const stop = new AbortController();
    const waiting = [run('a', stop.signal), run('b', stop.signal)].map((one) => one.catch(() => 'rejected'));
    expect(vi.getTimerCount()).toBe(1);
    stop.abort();
    expect(await Promise.all(waiting)).toEqual(['rejected', 'rejected']);
    expect(vi.getTimerCount()).toBe(0);
    const later = limit.run(() => 'later');
    await vi.runAllTimersAsync();
    expect(await later).toBe('later');
  });

  test('while it runs is for the task to mind: it gets the signal', async () => {
    const { limit } = watched(50, 1);
    const stop = new AbortController();
    const task = (signal?: AbortSignal): Promise<never> =>
      new Promise((_, reject) => signal!.addEventListener('abort', () => reject(signal!.reason)));
    const running = limit.run(task, stop.signal).catch((error: unknown) => error);
    const ends = limit.run(() => 'next');
    stop.abort('gone');
    expect(await running).toBe('gone');
    await vi.runAllTimersAsync();
    expect(await ends).toBe('next');
  });

  test('1,000 calls leave no listener on a signal that lives for longer', async () => {
    const { signal } = new AbortController();
    const { run } = watched(1_000, 10);
    await waitForAll(Array.from({ length: 1_000 }, () => run('', signal)));
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

test('one more than may wait is refused, takes no turn, and leaves no timer', async () => {
  const { run, order } = watched(50, 1, 2);
  const all = ['runs', 'waits', 'waits too'].map((name) => run(name));
  await expect(run('refused')).rejects.toThrow('Expected at most 2 calls to wait, got one more');
  await waitForAll(all);
  expect(order).toEqual(['runs', 'waits', 'waits too']);
  const none = watched(50, 1, 0);
  await none.run();
  await expect(none.run()).rejects.toThrow('Expected at most 0 calls to wait, got one more');
  expect(vi.getTimerCount()).toBe(0);
});

test('a task runs in the context of its caller, whoever it waited behind', async () => {
  const storage = new AsyncLocalStorage<number>();
  const { limit } = watched(50, 1);
  const seen = [0, 1, 2].map((id) => storage.run(id, () => limit.run(() => storage.getStore())));
  expect(await waitForAll(seen)).toEqual([0, 1, 2]);
});

test.each([
  [{ perSecond: 0, burst: 1 }, 'Expected `perSecond` to be above 0, got 0'],
  [{ perSecond: NaN, burst: 1 }, 'Expected `perSecond` to be above 0, got NaN'],
  [{ perSecond: 1, burst: 0 }, 'Expected `burst` to be an integer from 1 up, got 0'],
  [{ perSecond: 1, burst: 1.5 }, 'Expected `burst` to be an integer from 1 up, got 1.5'],
  [{ perSecond: 1, burst: 1, mostWaiting: -1 }, 'Expected `mostWaiting` to be from 0 up, got -1'],
])('%j is refused', (options, message) => {
  expect(() => new RateLimit(options)).toThrow(new RangeError(message));
});
