import { setTimeout as realSleep } from 'node:timers/promises';
import fc from 'fast-check';
import pLimit from 'p-limit';
import { Pool } from 'undici';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { settled } from '../src/how-many-at-once/adaptive.ts';
import { drawCurves, drawTable, plotsOf } from '../src/how-many-at-once/drawing.ts';
import { kneeOf } from '../src/how-many-at-once/knee.ts';
import { goodput, load } from '../src/how-many-at-once/load.ts';
import { memoryInFlight } from '../src/how-many-at-once/memory.ts';
import { AdaptiveLimit } from '../src/how-many-at-once/recipe.ts';
import type { Point } from '../src/how-many-at-once/sweep.ts';
import { adaptedFigure, judgeAdapted, judgeKnee } from '../src/how-many-at-once/verdict.ts';
import { Gate } from '../src/proof/server/gate.ts';
import { openServer, slowdownAt } from '../src/proof/server/index.ts';
import type { TestServer } from '../src/proof/server/index.ts';

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

describe('the knee', () => {
  const at = (limit: number, perSecond: number) => ({ limit, good: perSecond, wall: 1_000 });

  test('is the least in flight with 90 % of the best goodput', () => {
    expect(kneeOf([at(1, 50), at(2, 100), at(4, 195), at(8, 200), at(16, 180)])).toBe(4);
    expect(kneeOf([at(16, 180), at(8, 200), at(4, 179)])).toBe(8);
  });

  test('is unmoved by the scale of the curve, and every smaller limit is below 90 %', () => {
    const curve = fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 11 });
    fc.assert(
      fc.property(curve, fc.integer({ min: 2, max: 9 }), (values, scale) => {
        const points = values.map((value, index) => at(2 ** index, value));
        const knee = kneeOf(points);
        expect(kneeOf(values.map((value, index) => at(2 ** index, scale * value)))).toBe(knee);
        for (const point of points.filter(({ limit }) => limit < knee)) {
          expect(goodput(point)).toBeLessThan(0.9 * Math.max(...values));
        }
      }),
    );
  });

  test('of nothing is refused', () => {
    expect(() => kneeOf([])).toThrow('Expected at least one point, got none');
  });
});

test.each([
  ['holds', 32, 35, 0.05],
  ['inconclusive', 16, 35, 0.05],
  ['refuted', 8, 35, 0.05],
  ['refuted', 128, 35, 0.05],
  ['inconclusive', 32, 20, 0.05],
  ['inconclusive', 32, 9, 0.4], // a busy host
  ['inconclusive', 32, 9, undefined],
  ['refuted', 32, 9, 0.02],
  ['refuted', 32, 160, 0.4], // no busy host lets it grow
] as const)('the verdict is %s with a knee at %i and a limit of %i, %d of the time without a core', (...row) => {
  const [verdict, knee, limit, waitingShare] = row;
  const adapted = adaptedFigure([limit, limit, limit], 32);
  const verdicts = [judgeKnee(knee, 32), judgeAdapted(adapted, 32, waitingShare)].map((one) => one.verdict);
  expect(verdicts.find((one) => one !== 'holds') ?? 'holds').toBe(verdict);
});

describe('a load', () => {
  let server: TestServer;
  let pool: Pool;
  beforeAll(async () => {
    server = await openServer({ delay: 30, width: 4, queue: 4 });
    pool = new Pool(server.origin);
  });
  afterAll(async () => {
    await pool.destroy();
    await server.close();
  });

  test('tells good answers from refusals, as the server counts them', async () => {
    await server.reset();
    const result = await load(server, pool, 20, pLimit(20));
    const { byStatus } = await server.counts();
    expect({ good: result.good, refused: result.refused }).toEqual({ good: byStatus[200], refused: byStatus[503] });
    expect(result.good).toBeGreaterThanOrEqual(8);
    expect(result.refused).toBeGreaterThan(0);
    expect(result.p99).toBeGreaterThanOrEqual(result.p50);
    expect(result.p50).toBeGreaterThanOrEqual(29);
  });

  test('of a server that breaks off rejects: that is no refusal', async () => {
    await server.reset({ resetRate: 1 });
    await expect(load(server, pool, 3, pLimit(1))).rejects.toThrow('ECONNRESET');
    await realSleep(20);
  });
});

test('a request in flight takes kilobytes of its client, not megabytes', async () => {
  const memory = await memoryInFlight(200, new AbortController().signal);
  expect(memory).toBeGreaterThan(1);
  expect(memory).toBeLessThan(200);
});

describe('what was measured', () => {
  const point = (limit: number): Point => ({
    limit,
    requests: 100,
    good: 75,
    refused: 25,
    wall: 1_000 / limit,
    p50: 20 + limit,
    p99: 30 + limit,
    sockets: limit,
    mostInFlight: limit,
    waitingShare: 0,
  });
  const points = [point(1), point(32), point(1_024)];

  test('is drawn no wider than told, with the knee marked', () => {
    for (const line of drawCurves(points, 60).split('\n')) expect(line.length).toBeLessThanOrEqual(60);
    const text = drawTable(points, 32).replaceAll('\u00a0', ' ');
    expect(text).toMatch(/32 \(knee\) +2,400 +25 %/);
  });

  test('is told as curves', () => {
    const plots = plotsOf(
      points,
      [
        { at: 1, limit: 1 },
        { at: 5, limit: 2 },
        { at: 9, limit: 2 },
      ],
      32,
    );
    expect(plots.map(({ series }) => series.map((one) => one.points.length))).toEqual([[3], [3, 3], [2, 2]]);
  });
});
