import { getEventListeners } from 'node:events';
import { setImmediate as turnOfTheLoop, setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { run } from '../src/signal-leaks/proof/operations.ts';
import { untilAborted, untilAbortedLeaking, withOwnSignal } from '../src/signal-leaks/recipe.ts';

const listeners = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

/** What a promise rejects with, however little that looks like an error. */
function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => expect.fail(`Expected a rejection, got ${String(value)}`),
    (error: unknown) => error,
  );
}

/** Reasons and errors that are thrown: `abort(undefined)` makes an AbortError of its own. */
const THROWN = [new Error('enough'), 'a string', null, 0, { code: 7 }];

const WRAPPERS = {
  untilAborted,
  withOwnSignal: <T>(signal: AbortSignal, work: () => T | PromiseLike<T>) => withOwnSignal(signal, work),
};

describe.each(Object.entries(WRAPPERS))('%s', (_, wrap) => {
  test('passes on what the work returns, at once or later, and leaves no listener', async () => {
    const { signal } = new AbortController();
    expect(await wrap(signal, () => 1)).toBe(1);
    expect(await wrap(signal, async () => undefined)).toBe(undefined);
    expect(await wrap(signal, () => sleep(2, 'later'))).toBe('later');
    expect(listeners(signal)).toBe(0);
  });

  test.each(THROWN)('passes on %o that the work throws, at once or later, and leaves no listener', async (thrown) => {
    const { signal } = new AbortController();
    const atOnce = wrap(signal, () => {
      throw thrown;
    });
    const later = wrap(signal, async () => {
      await sleep(1);
      throw thrown;
    });
    expect(await rejection(atOnce)).toBe(thrown);
    expect(await rejection(later)).toBe(thrown);
    expect(listeners(signal)).toBe(0);
  });

  test.each(THROWN)(
    'begins no work where the signal has aborted before, and rejects with its reason, %o',
    async (why) => {
      let begun = 0;
      const signal = AbortSignal.abort(why);
      expect(await rejection(wrap(signal, () => begun++))).toBe(why);
      expect(begun).toBe(0);
      expect(listeners(signal)).toBe(0);
    },
  );

  test('an abort afterwards changes nothing', async () => {
    const stop = new AbortController();
    const done = wrap(stop.signal, async () => 1);
    expect(await done).toBe(1);
    stop.abort(new Error('too late'));
    await turnOfTheLoop();
    expect(await done).toBe(1);
  });

  test('1,000 at once under one signal have results of their own, and leave no listener', async () => {
    const { signal } = new AbortController();
    const all = Array.from({ length: 1_000 }, (__, n) => wrap(signal, () => sleep(n % 3, n)));
    expect(listeners(signal)).toBe(1_000);
    expect(await Promise.all(all)).toEqual(all.map((__, n) => n));
    expect(listeners(signal)).toBe(0);
  });
});

describe('until a signal aborts', () => {
  test.each(THROWN)(
    'all that is under way rejects with its reason, %o, and none is listening any more',
    async (why) => {
      const stop = new AbortController();
      const never = [1, 2, 3].map(() => untilAborted(stop.signal, () => new Promise(() => {})));
      stop.abort(why);
      expect(await Promise.all(never.map(rejection))).toEqual([why, why, why]);
      expect(listeners(stop.signal)).toBe(0);
    },
  );

  test('work that is left behind may fail later: no one is told, and no program ends', async () => {
    const stop = new AbortController();
    const unhandled: unknown[] = [];
    const hear = (error: unknown): void => void unhandled.push(error);
    process.on('unhandledRejection', hear);
    try {
      const left = untilAborted(stop.signal, async () => {
        await sleep(5);
        throw new Error('left behind');
      });
      stop.abort('enough');
      expect(await rejection(left)).toBe('enough');
      await sleep(20);
      expect(unhandled).toEqual([]);
    } finally {
      process.off('unhandledRejection', hear);
    }
  });

  test('work that aborts the signal itself and then throws rejects with the reason, and nothing is left', async () => {
    const stop = new AbortController();
    const work = untilAborted(stop.signal, () => {
      stop.abort('enough');
      throw new Error('and more');
    });
    expect(await rejection(work)).toBe('enough');
    expect(listeners(stop.signal)).toBe(0);
  });
});

describe('a signal of its own', () => {
  test.each(THROWN)('aborts with the reason, %o, and the work is awaited to its end', async (why) => {
    const stop = new AbortController();
    let ended = false;
    const work = withOwnSignal(stop.signal, async (own) => {
      await new Promise((resolve) => own.addEventListener('abort', resolve));
      await sleep(2);
      ended = true;
      return own.reason as unknown;
    });
    stop.abort(why);
    expect(await work).toBe(why);
    expect(ended).toBe(true);
    expect(listeners(stop.signal)).toBe(0);
  });

  test('takes the listeners that work leaves, and the long-lived one has none of them', async () => {
    const { signal } = new AbortController();
    const seen: number[] = [];
    for (let n = 0; n < 1_000; n++) {
      await withOwnSignal(signal, async (own) => {
        await untilAbortedLeaking(own, () => n);
        seen.push(listeners(own));
      });
    }
    expect(seen).toEqual(Array.from({ length: 1_000 }, () => 1));
    expect(listeners(signal)).toBe(0);
  });
});

test('the broken form leaves a listener for each call, and the mended ones none and no heap', async () => {
  const { signal } = new AbortController();
  for (let n = 0; n < 1_000; n++) expect(await untilAbortedLeaking(signal, () => n)).toBe(n);
  expect(listeners(signal)).toBe(1_000);
  for (const way of ['removing', 'own'] as const) {
    const left = await run(way, 20_000);
    expect(left).toMatchObject({ listeners: 0, warnings: 0, right: 20_000 });
    expect(left.heap).toBeLessThan(1);
  }
});
