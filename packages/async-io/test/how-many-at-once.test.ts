import { setTimeout as realSleep } from 'node:timers/promises';
import fc from 'fast-check';
import pLimit from 'p-limit';
import { Pool } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawCurves, drawTable, plotsOf } from '../src/how-many-at-once/proof/drawing.ts';
import { memoryInFlight } from '../src/how-many-at-once/proof/memory.ts';
import { documents, observed } from '../src/how-many-at-once/proof/observed.ts';
import type { Point } from '../src/how-many-at-once/proof/sweep.ts';
import { judgeKnee } from '../src/how-many-at-once/proof/verdict.ts';
import { goodput, kneeOf, load, loadAt } from '../src/how-many-at-once/recipe.ts';
import { openServer } from '../src/proof/server/index.ts';
import type { TestServer } from '../src/proof/server/index.ts';

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
  ['holds', 32],
  ['inconclusive', 16],
  ['inconclusive', 64],
  ['refuted', 8],
  ['refuted', 128],
] as const)('the verdict is %s with a knee at %i', (verdict, knee) => {
  const points = [8, 16, 32, 64, 128].map((limit) => ({ limit, goodput: limit < knee ? limit : 2 * knee }));
  expect(judgeKnee(knee, 32, points).verdict).toBe(verdict);
});

test.each([16, 64])('a knee at %i that the points contradict is refuted', (knee) => {
  const points = [8, 16, 32, 64, 128].map((limit) => ({ limit, goodput: Math.min(limit, 32) }));
  expect(judgeKnee(knee, 32, points).verdict).toBe('refuted');
  expect(judgeKnee(32, 32, points).verdict).toBe('holds');
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

  test('counts good answers and refusals as the server does', async () => {
    await server.reset();
    const result = await observed(server, () => loadAt(20, documents(pool, 20)));
    const { byStatus } = await server.counts();
    expect({ good: result.good, refused: result.refused }).toEqual({ good: byStatus[200], refused: byStatus[503] });
    expect(result.good).toBeGreaterThanOrEqual(8);
    expect(result.refused).toBeGreaterThan(0);
    expect(result.p99).toBeGreaterThanOrEqual(result.p50);
    expect(result.p50).toBeGreaterThanOrEqual(29);
  });

  test('of a server that resets connections rejects: that is no refusal', async () => {
    await server.reset({ resetRate: 1 });
    await expect(load(documents(pool, 3), pLimit(1))).rejects.toThrow('ECONNRESET');
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

  test('is drawn no wider than asked, with the knee marked', () => {
    for (const line of drawCurves(points, 60).split('\n')) expect(line.length).toBeLessThanOrEqual(60);
    const text = drawTable(points, 32).replaceAll('\u00a0', ' ');
    expect(text).toMatch(/32 \(knee\) +2,400 +25 %/);
  });

  test('is drawn as curves', () => {
    const plots = plotsOf(points);
    expect(plots.map(({ series }) => series.map((one) => one.points.length))).toEqual([[3], [3, 3]]);
  });
});
