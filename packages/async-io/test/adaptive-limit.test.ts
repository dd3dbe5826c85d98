import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { limitPlot, settledFinding } from '../src/adaptive-limit/proof/findings.ts';
import { judgeSettled, settled, settledFigure } from '../src/adaptive-limit/proof/settled.ts';
import { AdaptiveLimit } from '../src/adaptive-limit/recipe.ts';
import { Gate } from '../src/proof/server/gate.ts';
import { slowdownAt } from '../src/proof/server/index.ts';

interface Simulated {
  readonly width: number;
  readonly queue: number;
  readonly slowdown: number;
}

/** A server of timers alone: it works, has wait and refuses as the real one does. */
function simulate({ width, queue, slowdown }: Simulated, delay = 20) {
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
        const time = delay * slowdownAt({ width, slowdown }, seen.present);
        setTimeout(() => {
          end(resolve);
          leave?.();
        }, time);
      });
      if (leave) return;
      seen.refused++;
      setTimeout(() => end(() => reject(new Error('refused'))), 1);
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
