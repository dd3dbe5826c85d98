import { getEventListeners } from 'node:events';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { limitPlot, settledFinding } from '../src/adaptive-limit/proof/findings.ts';
import { judgeSettled, settled, settledFigure } from '../src/adaptive-limit/proof/settled.ts';
import { Places } from '../src/adaptive-limit/places.ts';
import { AdaptiveLimit, isRefusal } from '../src/adaptive-limit/recipe.ts';
import { StatusError } from '../src/proof/get-document.ts';
import { Gate } from '../src/proof/server/gate.ts';
import { slowdownAt } from '../src/proof/server/index.ts';

interface Simulated {
  readonly width: number;
  readonly queue: number;
  readonly slowdown: number;
}

/** A server of timers alone: it works, has wait and refuses as the real one does. */
function simulate({ width, queue, slowdown }: Simulated, delay: () => number = () => 20) {
  const gate = new Gate({ width, queue });
  const seen = { present: 0, most: 0, refused: 0 };
  const ask = (): Promise<void> =>
    new Promise((resolve, reject) => {
      seen.most = Math.max(seen.most, ++seen.present);
      const end = (settle: () => void): void => {
        seen.present--;
        settle();
      };
      const leave = gate.enter(() => {
        const time = delay() * slowdownAt({ width, slowdown }, seen.present);
        setTimeout(() => {
          end(resolve);
          leave?.();
        }, time);
      });
      if (leave) return;
      seen.refused++;
      setTimeout(() => end(() => reject(new StatusError(503))), 1);
    });
  return { ask, seen };
}

/** Keeps more tasks waiting than the limit lets run, and returns the limits seen at every answer. */
function press(limit: AdaptiveLimit, ask: () => Promise<void>): number[] {
  const limits: number[] = [];
  const pressOn = async (): Promise<void> => {
    for (;;) {
      await limit.run(ask).catch(() => {});
      limits.push(limit.limit);
    }
  };
  for (let task = 0; task < 200; task++) void pressOn();
  return limits;
}

function runOften(limit: AdaptiveLimit, times: number, task: () => Promise<void>): Promise<unknown> {
  return Promise.allSettled(Array.from({ length: times }, () => limit.run(task)));
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

describe('the adaptive limit, in simulated time', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] }));
  afterEach(() => void vi.useRealTimers());

  test('finds the width of a server within 20 %, whatever it is, by waiting times alone', async () => {
    const servers = fc.record({
      width: fc.integer({ min: 8, max: 60 }),
      queue: fc.constant(Infinity),
      slowdown: fc.double({ min: 0.25, max: 2, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(servers, async (server) => {
        const { ask, seen } = simulate(server);
        const limits = press(new AdaptiveLimit(), ask);
        await vi.advanceTimersByTimeAsync(4_000);
        const late = median(limits.slice(-Math.floor(limits.length / 3)));
        expect(late).toBeGreaterThanOrEqual(Math.floor(0.8 * server.width)); // the limit is an integer
        expect(late).toBeLessThanOrEqual(Math.ceil(1.2 * server.width));
        expect(seen.refused).toBe(0);
        vi.clearAllTimers();
      }),
      { numRuns: 15 },
    );
  });

  test('finds it by refusals where nothing may wait', async () => {
    const { ask, seen } = simulate({ width: 20, queue: 0, slowdown: 0 });
    const limits = press(new AdaptiveLimit(), ask);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(median(limits.slice(1_000))).toBeGreaterThanOrEqual(16);
    expect(median(limits.slice(1_000))).toBeLessThanOrEqual(21);
    expect(seen.refused).toBeGreaterThan(0);
    expect(seen.refused).toBeLessThan(limits.length / 10);
  });

  test('shares a server evenly with another one, though that came later', async () => {
    const { ask } = simulate({ width: 40, queue: Infinity, slowdown: 1 });
    const first = press(new AdaptiveLimit(), ask);
    await vi.advanceTimersByTimeAsync(500);
    expect(first.at(-1)).toBeGreaterThan(10);
    const second = press(new AdaptiveLimit(), ask);
    await vi.advanceTimersByTimeAsync(12_000);
    const shares = [first, second].map((limits) => median(limits.slice(-4_000)));
    expect(Math.max(...shares) / Math.min(...shares)).toBeLessThan(1.5);
    expect(shares[0]! + shares[1]!).toBeGreaterThan(32);
    expect(shares[0]! + shares[1]!).toBeLessThan(52);
  });

  const changes = [
    [10, 20, 4_000],
    [10, 40, 6_000],
    [20, 10, 4_000],
    [20, 5, 4_000],
  ] as const;
  test.each(changes)('finds it again where a server of %i ms takes %i', async (before, after, time) => {
    let delay = before as number;
    const { ask } = simulate({ width: 32, queue: Infinity, slowdown: 1 }, () => delay);
    const limits = press(new AdaptiveLimit(), ask);
    await vi.advanceTimersByTimeAsync(2_000);
    delay = after;
    await vi.advanceTimersByTimeAsync(time);
    const answersBefore = limits.length;
    await vi.advanceTimersByTimeAsync(2_000);
    const late = limits.slice(answersBefore);
    expect(median(late)).toBeGreaterThanOrEqual(26);
    expect(median(late)).toBeLessThanOrEqual(38);
    expect(late.length).toBeGreaterThan((0.8 * 32 * 2_000) / after);
  });

  test('forgets a first answer that was quick', async () => {
    let answers = 0;
    const { ask } = simulate({ width: 32, queue: Infinity, slowdown: 1 }, () => (answers++ === 0 ? 1 : 20));
    const limits = press(new AdaptiveLimit(), ask);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(median(limits.slice(-500))).toBeGreaterThanOrEqual(26);
  });

  test('takes no queue for the best latency in a minute, though latencies vary by a quarter', async () => {
    const random = seeded(7);
    const { ask, seen } = simulate({ width: 32, queue: Infinity, slowdown: 1 }, () => 20 * (0.75 + 0.5 * random()));
    const limits = press(new AdaptiveLimit(), ask);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(median(limits.slice(-20_000))).toBeGreaterThanOrEqual(22);
    expect(median(limits.slice(-20_000))).toBeLessThanOrEqual(42);
    expect(seen.most).toBeLessThan(100);
  });

  test.each(['a 404', 'an abort'] as const)('takes %s for no refusal', async (error) => {
    const limit = new AdaptiveLimit();
    const answer = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));
    for (let turn = 0; turn < 20; turn++) {
      const all = runOften(limit, 40, answer);
      await vi.advanceTimersByTimeAsync(2_000);
      await all;
    }
    const before = limit.limit;
    expect(before).toBeGreaterThan(10);
    const failLate = async (): Promise<never> => {
      await answer();
      throw error === 'a 404' ? new StatusError(404) : new DOMException('This operation was aborted', 'AbortError');
    };
    const failed = runOften(limit, 200, failLate);
    await vi.advanceTimersByTimeAsync(10_000);
    await failed;
    expect(limit.limit).toBe(before);
  });

  test('does not grow where it is not reached', async () => {
    const limit = new AdaptiveLimit();
    const pressOn = async (): Promise<void> => {
      for (;;) await limit.run(() => new Promise<void>((resolve) => setTimeout(resolve, 20)));
    };
    for (let task = 0; task < 3; task++) void pressOn();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(limit.limit).toBeLessThanOrEqual(4);
  });

  test('never lets more run than its limit, and follows it down', async () => {
    const { ask, seen } = simulate({ width: 10, queue: Infinity, slowdown: 1 });
    const limits = press(new AdaptiveLimit(), ask);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(seen.most).toBeLessThanOrEqual(Math.max(...limits));
    expect(Math.min(...settled(limits.map((limit, at) => ({ at, limit }))).map(({ limit }) => limit))).toBeLessThan(
      Math.max(...limits),
    );
  });
});

test('the adaptive limit passes on results and errors, and goes on after an error', async () => {
  const limit = new AdaptiveLimit();
  const results = await Promise.allSettled([1, 2, 3].map((n) => limit.run(async () => (n === 2 ? fail() : n))));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(limit.limit).toBeGreaterThanOrEqual(1);
});

describe('a signal', () => {
  test('takes a task that waits out, with its reason and at once; the others keep their places', async () => {
    const limit = new AdaptiveLimit();
    const first = Promise.withResolvers<void>();
    const running = limit.run(() => first.promise);
    const stop = new AbortController();
    const begun: string[] = [];
    const begin = async (name: string): Promise<void> => void begun.push(name);
    const aborted = limit.run(() => begin('aborted'), stop.signal);
    const other = limit.run(() => begin('other'), new AbortController().signal);
    stop.abort(new Error('enough'));
    await expect(aborted).rejects.toThrow('enough');
    expect(begun).toEqual([]);
    first.resolve();
    await Promise.all([running, other]);
    expect(begun).toEqual(['other']);
    await expect(limit.run(() => begin('late'), stop.signal)).rejects.toThrow('enough');
    expect(begun).toEqual(['other']);
  });

  test('that aborts between the turn of a task and its start passes the place on to the next', async () => {
    const places = new Places(() => 1);
    const stop = new AbortController();
    await places.enter();
    const aborted = places.enter(stop.signal);
    const next = places.enter();
    places.leave();
    stop.abort(new Error('enough'));
    await expect(aborted).rejects.toThrow('enough');
    await next;
    expect(places.held).toBe(1);
  });

  test('is given to the task, and its reason is what the run rejects with', async () => {
    const stop = new AbortController();
    const running = new AdaptiveLimit().run(
      (signal) => new Promise((_, reject) => signal!.addEventListener('abort', () => reject(new Error('interrupted')))),
      stop.signal,
    );
    setImmediate(() => stop.abort('enough'));
    await expect(running).rejects.toBe('enough');
  });

  test('keeps no listener, however many tasks have waited', async () => {
    const limit = new AdaptiveLimit();
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 10_000 }, () => limit.run(async () => 1, signal)));
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

test.each([
  [{ status: 429 }, true],
  [{ status: 503 }, true],
  [new DOMException('', 'TimeoutError'), true],
  [{ status: 404 }, false],
  [new DOMException('', 'AbortError'), false],
  [undefined, false],
  ['503', false],
])('%o is a refusal: %s', (error, expected) => {
  expect(isRefusal(error)).toBe(expected);
});

/** Numbers from 0 to below 1, the same every time: xorshift32. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

function fail(): never {
  throw new Error('no');
}

test.each([
  ['holds', 35, 0.05],
  ['inconclusive', 20, 0.05],
  ['inconclusive', 9, 0.4], // a busy host
  ['inconclusive', 9, undefined],
  ['refuted', 9, 0.02],
  ['refuted', 160, 0.4], // no busy host lets it grow
] as const)('the verdict is %s with a limit of %i, %d of the time without a core', (verdict, limit, waitingShare) => {
  const figure = settledFigure([limit, limit, limit], 32);
  expect(judgeSettled(figure, 32, waitingShare).verdict).toBe(verdict);
});

test('a limit that never shrank has not settled', () => {
  const load = { requests: 2, good: 2, refused: 0, wall: 9, p50: 1, p99: 1 };
  const adaptive = { ...load, sockets: 1, mostInFlight: 1, waitingShare: 0 };
  const limits = [31, 32].map((limit) => ({ at: limit, limit }));
  expect(settledFinding('', { adaptive, fixed: load, limits }).judgement).toEqual({
    verdict: 'refuted',
    reason: 'the adaptive limit never shrank: it is 32 in the end',
  });
});

test('the limit over time is drawn where it changes', () => {
  const plot = limitPlot([
    { at: 1, limit: 1 },
    { at: 5, limit: 2 },
    { at: 9, limit: 2 },
  ]);
  expect(plot.series.map(({ points }) => points.length)).toEqual([2, 2]);
});
