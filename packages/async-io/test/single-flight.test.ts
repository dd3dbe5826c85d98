import { AsyncLocalStorage } from 'node:async_hooks';
import { getEventListeners } from 'node:events';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SingleFlight } from '../src/single-flight/recipe.ts';

/** Work that ends when the test says so. */
function openWork() {
  const begun: { key: string; signal: AbortSignal; resolve(value: object): void; reject(error: unknown): void }[] = [];
  const flights = new SingleFlight<string, object>((key, signal) => {
    const { promise, resolve, reject } = Promise.withResolvers<object>();
    begun.push({ key, signal, resolve, reject });
    signal.addEventListener('abort', () => reject(signal.reason));
    return promise;
  });
  return { begun, flights };
}

const outcome = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );

describe('callers of one key', () => {
  test('share one work and its very value; another key has work of its own', async () => {
    const { begun, flights } = openWork();
    const answers = ['a', 'b', 'a', 'a'].map((key) => flights.run(key));
    expect(begun.map(({ key }) => key)).toEqual(['a', 'b']);
    expect(flights.size).toBe(2);
    const [a, b] = [{}, {}];
    begun[0]!.resolve(a);
    begun[1]!.resolve(b);
    const [first, other, ...rest] = await Promise.all(answers);
    expect([first === a, other === b, ...rest.map((one) => one === a)]).toEqual([true, true, true, true]);
    expect(flights.size).toBe(0);
  });

  test('have new work once the value is there: nothing is kept', async () => {
    const { begun, flights } = openWork();
    for (let n = 0; n < 3; n++) {
      const answer = flights.run('a');
      begun[n]!.resolve({ n });
      expect(await answer).toEqual({ n });
    }
    expect(begun).toHaveLength(3);
  });

  test('all get the rejection, as it was thrown; a call in the handler of it begins new work', async () => {
    for (const thrown of [new Error('no'), 'a string', undefined, null, 0]) {
      const { begun, flights } = openWork();
      const both = [outcome(flights.run('a')), outcome(flights.run('a'))];
      const again = flights.run('a').catch(() => flights.run('a'));
      begun[0]!.reject(thrown);
      expect(await Promise.all(both)).toEqual([{ error: thrown }, { error: thrown }]);
      await turnOfTheLoop();
      expect(begun).toHaveLength(2);
      begun[1]!.resolve({ right: 1 });
      expect(await again).toEqual({ right: 1 });
    }
  });

  test('get what the work throws before its first await, and values that are no promise', async () => {
    let calls = 0;
    const flights = new SingleFlight<string, number>((key) => {
      calls++;
      if (key === 'bad') throw new RangeError(key);
      return key.length;
    });
    await expect(flights.run('bad')).rejects.toThrow(RangeError);
    await expect(flights.run('bad')).rejects.toThrow(RangeError);
    expect(await Promise.all([flights.run('four'), flights.run('four')])).toEqual([4, 4]);
    expect({ calls, size: flights.size }).toEqual({ calls: 3, size: 0 });
  });
});

describe('an abort', () => {
  test('fails its own caller alone, also where that caller was the first', async () => {
    for (const leaving of [0, 1, 2]) {
      const { begun, flights } = openWork();
      const stops = [0, 1, 2].map(() => new AbortController());
      const answers = stops.map(({ signal }) => outcome(flights.run('a', signal)));
      stops[leaving]!.abort('gone');
      await turnOfTheLoop();
      expect(begun[0]!.signal.aborted).toBe(false);
      begun[0]!.resolve({ right: 1 });
      const expected = [0, 1, 2].map((n) => (n === leaving ? { error: 'gone' } : { value: { right: 1 } }));
      expect(await Promise.all(answers)).toEqual(expected);
    }
  });

  test('of all callers aborts the work, with the reason of the last; the next call begins new work at once', async () => {
    const { begun, flights } = openWork();
    const stops = [new AbortController(), new AbortController()];
    const answers = stops.map(({ signal }) => outcome(flights.run('a', signal)));
    stops[0]!.abort('first');
    stops[1]!.abort('last');
    expect([begun[0]!.signal.aborted, begun[0]!.signal.reason]).toEqual([true, 'last']);
    const next = flights.run('a'); // before the aborted work has ended
    expect(begun).toHaveLength(2);
    expect(await Promise.all(answers)).toEqual([{ error: 'first' }, { error: 'last' }]);
    begun[1]!.resolve({ right: 2 });
    expect(await next).toEqual({ right: 2 });
  });

  test('does not abort work for which a caller without a signal waits', async () => {
    const { begun, flights } = openWork();
    const stop = new AbortController();
    const answers = [outcome(flights.run('a', stop.signal)), outcome(flights.run('a'))];
    stop.abort('gone');
    begun[0]!.resolve({});
    expect(begun[0]!.signal.aborted).toBe(false);
    expect(await Promise.all(answers)).toEqual([{ error: 'gone' }, { value: {} }]);
  });

  test('before the call begins no work; afterwards it changes nothing', async () => {
    const { begun, flights } = openWork();
    await expect(flights.run('a', AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
    expect(begun).toEqual([]);
    const stop = new AbortController();
    const answer = flights.run('a', stop.signal);
    begun[0]!.resolve({});
    await answer;
    stop.abort();
    expect(begun[0]!.signal.aborted).toBe(false);
  });

  test('of work that takes no notice leaves nothing unhandled', async () => {
    const work = Promise.withResolvers<never>();
    const flights = new SingleFlight(() => work.promise);
    const stop = new AbortController();
    const answer = outcome(flights.run('a', stop.signal));
    stop.abort('gone');
    expect(await answer).toEqual({ error: 'gone' });
    work.reject(new Error('later')); // what nobody catches fails the whole file
    await turnOfTheLoop();
  });
});

test('a forgotten key has new work, and the old one does not end it', async () => {
  const { begun, flights } = openWork();
  const before = flights.run('a');
  flights.forget('a'); // a write came
  const after = [flights.run('a')];
  begun[0]!.resolve({ read: 'before' });
  expect(await before).toEqual({ read: 'before' });
  after.push(flights.run('a'));
  expect(begun).toHaveLength(2);
  begun[1]!.resolve({ read: 'after' });
  expect(await Promise.all(after)).toEqual([{ read: 'after' }, { read: 'after' }]);
});

test('in any order of ends and aborts: one work at a time, and each caller gets a value of its key or its own reason', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.tuple(fc.nat(2), fc.boolean()), { minLength: 1, maxLength: 20 }),
      async (s, callers) => {
        const running = new Map<number, number>();
        let most = 0;
        const flights = new SingleFlight<number, number>(async (key, signal) => {
          running.set(key, (running.get(key) ?? 0) + 1);
          most = Math.max(most, running.get(key)!);
          const left = (): void => void running.set(key, running.get(key)! - 1);
          signal.addEventListener('abort', left, { once: true });
          await s.schedule(Promise.resolve());
          if (!signal.aborted) left();
          return key;
        });
        const answers = callers.map(async ([key, aborts], n) => {
          await s.schedule(Promise.resolve());
          const stop = new AbortController();
          if (aborts) void s.schedule(Promise.resolve()).then(() => stop.abort(`caller ${n}`));
          return outcome(flights.run(key, stop.signal));
        });
        await s.waitFor(Promise.all(answers));
        for (const [n, seen] of (await Promise.all(answers)).entries()) {
          const [key, aborts] = callers[n]!;
          expect(aborts ? [{ value: key }, { error: `caller ${n}` }] : [{ value: key }]).toContainEqual(seen);
        }
        expect({ most, size: flights.size }).toEqual({ most: 1, size: 0 });
      },
    ),
  );
});

test('1,000 calls leave no listener on a signal that lives for longer', async () => {
  const { signal } = new AbortController();
  const flights = new SingleFlight(async (key: number) => key);
  for (let n = 0; n < 1_000; n++) await flights.run(n % 3, signal);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('each caller goes on in its own context; the work runs in that of the first', async () => {
  const storage = new AsyncLocalStorage<string>();
  const flights = new SingleFlight(async () => {
    await turnOfTheLoop();
    return storage.getStore();
  });
  const seen = ['first', 'second'].map((name) =>
    storage.run(name, async () => [await flights.run('a'), storage.getStore()]),
  );
  expect(await Promise.all(seen)).toEqual([
    ['first', 'first'],
    ['first', 'second'],
  ]);
});
