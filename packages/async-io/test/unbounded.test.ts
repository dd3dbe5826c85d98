import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openServer } from '../src/proof/server/index.ts';
import type { TestServer } from '../src/proof/server/index.ts';
import { canLimitDescriptors, runClient } from '../src/unbounded/proof/client.ts';
import type { Job, Report } from '../src/unbounded/proof/job.ts';
import { allAtOnce, limited } from '../src/unbounded/recipe.ts';
import { breaksOf } from '../src/unbounded/proof/scenarios.ts';

const { signal } = new AbortController();
const numbers = Array.from({ length: 12 }, (_, number) => number);

test.each([
  ['all at once', allAtOnce, 12],
  ['limited to 5', (list: readonly number[], get: (n: number) => Promise<number>) => limited(list, get, 5), 5],
] as const)(
  '%s: what fails is distinguished from what does not, in order, with that many in flight',
  async (_, way, most) => {
    const seen = { running: 0, most: 0 };
    const settled = await way(numbers, async (number) => {
      seen.most = Math.max(seen.most, ++seen.running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      seen.running--;
      if (number % 3 === 0) throw new Error('no');
      return number;
    });
    expect(settled.map(({ status }) => status)).toEqual(
      numbers.map((number) => (number % 3 === 0 ? 'rejected' : 'fulfilled')),
    );
    expect(seen.most).toBe(most);
  },
);

describe('a client', () => {
  let server: TestServer;
  beforeAll(async () => void (server = await openServer()));
  beforeEach(() => server.reset({ delay: 30, width: 16, queue: 16 }));
  afterAll(() => server.close());

  const job = (over: Partial<Job>): Job => ({
    origin: server.origin,
    requests: 200,
    width: undefined,
    deadline: 10_000,
    ...over,
  });
  const all = ({ counts }: Report): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

  test('counts every request once, and its refusals are those of the server', async () => {
    const report = await runClient(job({}), signal);
    const { byStatus } = await server.counts();
    expect(all(report)).toBe(200);
    // One more was asked for before the others.
    expect([report.counts.good, report.counts.refused]).toEqual([byStatus[200]! - 1, byStatus[503]]);
    expect(report.counts.refused).toBeGreaterThan(0);
    expect(report.file).toBe('read');
  });

  test('with a limit loses nothing', async () => {
    const report = await runClient(job({ width: 16 }), signal);
    expect(report.counts).toEqual({ good: 200, late: 0, refused: 0, 'no descriptor': 0, other: 0 });
    expect((await server.counts()).mostInFlight).toBe(16);
    expect(breaksOf(report)).toEqual([]);
  });

  test('that is answered after its deadline counts that as late', async () => {
    const report = await runClient(job({ requests: 20, deadline: 5 }), signal);
    expect(report.counts).toMatchObject({ good: 0, late: 20 });
    expect(report.slowest).toBeGreaterThanOrEqual(29);
  });

  test.runIf(canLimitDescriptors)(
    'with few descriptors runs out of them first, and cannot read a file either',
    async () => {
      const report = await runClient(job({}), signal, 64);
      expect(report.counts['no descriptor']).toBeGreaterThan(200 - 64);
      expect(breaksOf(report)[0]).toBe('no descriptor');
      expect(report.file).toBe('EMFILE');
      expect((await server.counts()).mostSockets).toBeLessThan(64);
    },
  );

  test.runIf(canLimitDescriptors)('with few descriptors and a limit runs out of nothing', async () => {
    const report = await runClient(job({ width: 16 }), signal, 64);
    expect(report.counts.good).toBe(200);
    expect(report.file).toBe('read');
  });

  test('ends when its signal aborts', async () => {
    await server.reset({ delay: 30_000 });
    const stop = new AbortController();
    const report = runClient(job({}), stop.signal);
    while ((await server.counts()).requests === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    stop.abort(new Error('enough'));
    await expect(report).rejects.toThrow('enough');
  });

  test('whose server is gone says so', async () => {
    await server.stop();
    await expect(runClient(job({}), signal)).rejects.toThrow(
      'Expected a report of the client, but it failed: connect ECONNREFUSED',
    );
    await server.start();
  });
});

test('what broke stands in the order in which it was seen', () => {
  expect(breaksOf({ firstAt: { refused: 9, good: 1, late: 12, 'no descriptor': 3 } })).toEqual([
    'no descriptor',
    'refused',
    'late',
  ]);
});
