import fc from 'fast-check';
import { Client, Pool } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { drawWays, speedupPlot } from '../src/network/proof/drawing.ts';
import { judgeFast, potentialsOf, speedupsOf } from '../src/network/proof/speedup.ts';
import type { Measured } from '../src/network/proof/trials.ts';
import { allAtOnce, get, inSequence, limited } from '../src/network/recipe.ts';
import { documentOf, download, openServer } from '../src/proof/server/index.ts';
import type { TestServer } from '../src/proof/server/index.ts';

type Download = (number: number) => Promise<Buffer>;
const numbersTo = (count: number): number[] => Array.from({ length: count }, (_, number) => number);

describe('against a server', () => {
  let server: TestServer;
  let pool: Pool;
  beforeAll(async () => {
    server = await openServer({ delay: 10 }, undefined, { http2: true });
    pool = new Pool(server.origin);
  });
  afterEach(() => server.reset({ delay: 10 }));
  afterAll(async () => {
    await pool.destroy();
    await server.close();
  });

  test.each([
    ['in sequence', inSequence, 1, 5],
    ['all at once', allAtOnce, 12, 150],
    ['limited to 5', (numbers: readonly number[], ask: Download) => limited(numbers, ask, 5), 5, 60],
  ] as const)('%s: every document in order, and that many in flight at the server', async (_, way, inFlight, delay) => {
    await server.reset({ delay });
    const documents = await way(numbersTo(12), (number) => get(pool, `/document/${number}`));
    expect(documents).toEqual(numbersTo(12).map((number) => documentOf(number)));
    expect((await server.counts()).mostInFlight).toBe(inFlight);
  });

  test('a pool of 1 connection has one request in flight, however many are asked for at once', async () => {
    const client = new Client(server.origin);
    await server.reset({ delay: 5 });
    await allAtOnce(numbersTo(6), (number) => get(client, `/document/${number}`));
    await client.destroy();
    expect(await server.counts()).toMatchObject({ mostInFlight: 1, sockets: 1, requests: 6 });
  });

  test('a server that answers with an error rejects the download', async () => {
    await server.reset({ errorRate: 1 });
    await expect(get(pool, '/document/1')).rejects.toThrow('Expected status 200, got 500');
    await expect(download(pool, 1)).rejects.toThrow('Expected status 200, got 500');
  });
});

test('whatever the list and the width: every document once, in order, never more in flight', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(9), { maxLength: 20 }), fc.integer({ min: 1, max: 6 }), async (numbers, width) => {
      let [running, most] = [0, 0];
      const ask: Download = async (number) => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, number % 3));
        running--;
        return Buffer.from([number]);
      };
      expect(await limited(numbers, ask, width)).toEqual(numbers.map((number) => Buffer.from([number])));
      expect(most).toBe(Math.min(width, numbers.length));
    }),
    { numRuns: 40 },
  );
});

describe('the verdict', () => {
  const way = (inFlight: number, requests: number, ...walls: number[]): Measured => ({
    key: `in-flight-${inFlight}`,
    name: `${inFlight} in flight`,
    inFlight,
    requests,
    run: async () => [],
    trials: walls.map((wall) => ({ wall, cpu: 1, mostAsked: 1, mostInFlight: 1, sockets: 1, waited: undefined })),
  });
  const sequence = way(1, 10, 250, 200, 210); // 20 ms at best

  test.each([
    ['holds', undefined, [205, 210, 215]],
    ['holds', 'contended', [300, 210, 300, 300, 205]],
    ['inconclusive', undefined, [300, 250, 205]], // once is no evidence
    ['refuted', undefined, [640, 600, 660]],
    ['refuted', undefined, [3_000, 6_400, 6_400]],
  ] as const)('of 32 in flight is %s (%s) where 10 turns take %j ms', (verdict, qualifier, walls) => {
    const judgement = judgeFast(way(32, 320, ...walls), sequence);
    expect({ verdict: judgement.verdict, qualifier: judgement.qualifier }).toEqual({ verdict, qualifier });
  });

  test('counts the time for which there was no core, but never passes requests that do not overlap', () => {
    const waiting = (waited: number, ...walls: number[]): Measured => {
      const measured = way(32, 320, ...walls);
      return { ...measured, trials: measured.trials.map((trial) => ({ ...trial, waited })) };
    };
    expect(judgeFast(waiting(60, 270, 280, 275), sequence)).toMatchObject({ verdict: 'holds', qualifier: 'contended' });
    expect(judgeFast(waiting(10, 270, 280, 275), sequence)).toMatchObject({ verdict: 'inconclusive' });
    expect(judgeFast(waiting(500, 700, 700, 700), sequence)).toMatchObject({ verdict: 'refuted' });
    expect(potentialsOf(waiting(269, 270), sequence)).toEqual([32]);
  });

  test('rests on the best time of the sequence, so that a disturbed one makes no speedup', () => {
    const disturbed = way(1, 10, 2_000, 200, 9_000);
    expect(speedupsOf(way(4, 40, 800), disturbed)).toEqual([1]);
  });

  test('is drawn: a row for each way, and a curve', () => {
    const eight = way(8, 80, 205, 210);
    expect(drawWays([sequence, eight]).replaceAll('\u00a0', ' ')).toMatch(/80 8 in flight +2\.59 +7\.71x/);
    expect(speedupPlot(sequence, [eight]).series[0]!.points).toMatchObject([{ x: 8 }]);
  });
});
