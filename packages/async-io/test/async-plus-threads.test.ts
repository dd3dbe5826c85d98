import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Verdict } from '@cookbook/lab/claim';
import { judgeParallel, measureSpeedup } from '@cookbook/lab/speedup';
import { openArchive } from '../src/async-plus-threads/proof/archive.ts';
import type { Archive } from '../src/async-plus-threads/proof/archive.ts';
import { bytesForScore } from '../src/async-plus-threads/proof/document-size.ts';
import { pipelineLanes, unitOf } from '../src/async-plus-threads/proof/lanes.ts';
import { pipeline } from '../src/async-plus-threads/recipe.ts';
import { judgeBoth } from '../src/async-plus-threads/proof/speedup.ts';
import { countGrams, scoreDocument } from '../src/async-plus-threads/score-task.ts';
import { Held, openStrategies, QUERY } from '../src/async-plus-threads/proof/strategies.ts';
import { documentOf } from '../src/proof/server/index.ts';

const upTo = (count: number): number[] => Array.from({ length: count }, (_, number) => number);

describe('an archive of 8 documents', () => {
  const BYTES = 20_000;
  let archive: Archive;
  beforeAll(async () => void (archive = await openArchive({ documents: 8, bytes: BYTES, delay: 5 })));
  afterAll(() => archive.close());

  test('is scored alike by all four strategies, and as the documents are scored without a network', async () => {
    const opened = openStrategies(archive, 2, 4);
    const expected = upTo(8).map((number) => scoreDocument(gzipSync(documentOf(number, BYTES)), QUERY));
    expect(new Set(expected.map(({ cosine }) => cosine)).size).toBe(8);
    for (const strategy of Object.values(opened.strategies))
      expect(await strategy(upTo(8), new Held())).toEqual(expected);
    await opened.close();
  });

  test('is scored by as many threads as were opened', async () => {
    const opened = openStrategies(archive, 2, 8);
    const held = new Held();
    await opened.strategies['async and threads'](upTo(8), held);
    await opened.close();
    expect(held.lanes.size).toBe(2);
  });

  test('has at most twice the limit of documents in memory, and as many where computing is the slower half', async () => {
    const opened = openStrategies(archive, 1, 3);
    const held = new Held();
    await opened.strategies['async and threads'](upTo(60), held);
    await opened.close();
    expect(held.most).toBe(6);
    expect(held.done).toHaveLength(60);
  });

  test('answers what is no document by an error', async () => {
    const opened = openStrategies(archive, 1, 1);
    await expect(opened.strategies['async and threads']([-1], new Held())).rejects.toThrow('Expected status 200');
    await opened.close();
  });
});

test('whatever the order in which downloads and computing end, at most twice the limit is held, and the order is kept', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.nat(40), fc.integer({ min: 1, max: 6 }), async (s, count, limit) => {
      let [held, most, downloading, mostDownloading] = [0, 0, 0, 0];
      const done = pipeline(upTo(count), {
        limit,
        async download(number) {
          most = Math.max(most, ++held);
          mostDownloading = Math.max(mostDownloading, ++downloading);
          await s.schedule(Promise.resolve());
          downloading--;
          return new ArrayBuffer(number);
        },
        async compute({ byteLength }) {
          await s.schedule(Promise.resolve());
          held--;
          return byteLength;
        },
      });
      await s.waitFor(done);
      expect(await done).toEqual(upTo(count));
      expect(most).toBeLessThanOrEqual(2 * limit);
      expect(mostDownloading).toBe(Math.min(limit, count));
    }),
  );
});

test(
  'a document that is computed takes no place of a download: the next is computed beside it',
  { timeout: 10_000 },
  async () => {
    const second = Promise.withResolvers<void>();
    const download = async (): Promise<ArrayBuffer> => new ArrayBuffer(0);
    const compute = async (_: ArrayBuffer, number: number): Promise<number> => {
      if (number === 0) await second.promise; // for ever, where the second waits for the place of the first
      else second.resolve();
      return number;
    };
    expect(await pipeline([0, 1], { download, compute, limit: 1 })).toEqual([0, 1]);
  },
);

describe('the lanes of the lab', () => {
  test('find async alone serial: the known answer of this instrument', async () => {
    const archive = await openArchive({ documents: 6, bytes: bytesForScore(15), delay: 20 });
    try {
      const { unit, perDocument } = unitOf(6, 15);
      const open = pipelineLanes({ archive, limit: 8, firstWait: 20, perDocument, several: 'async and threads' });
      const context = { budget: 5_000, signal: new AbortController().signal };
      const speedup = await measureSpeedup({ open: () => open(1), lanes: 2, unit, context, trials: [3, 3] });
      expect(judgeParallel(speedup).verdict).toBe('refuted');
    } finally {
      await archive.close();
    }
  });
});

describe('a score', () => {
  test('of a text for itself is 1, and for another between 0 and 1', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 2 }), fc.string(), (text, other) => {
        const packed = gzipSync(text);
        expect(scoreDocument(packed, text)).toEqual({ bytes: Buffer.byteLength(text), cosine: expect.closeTo(1, 9) });
        const { cosine } = scoreDocument(packed, other);
        expect(cosine).toBeGreaterThanOrEqual(0);
        expect(cosine).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
  });

  test('counts every run of 2 to 8 letters once', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (text) => {
        const runs = upTo(7).reduce((sum, index) => sum + Math.max(0, text.length - (index + 2) + 1), 0);
        expect(countGrams(text).reduce((sum, count) => sum + count, 0)).toBe(runs);
      }),
    );
  });

  test('of texts that have more in common is higher', () => {
    const packed = gzipSync('concurrency is not parallelism');
    const of = (query: string): number => scoreDocument(packed, query).cosine;
    expect(of('parallelism is not concurrency')).toBeGreaterThan(of('a parallel currency'));
    expect(of('a parallel currency')).toBeGreaterThan(of('zzz qqq'));
    expect(of('zzz qqq')).toBeLessThan(0.1);
  });
});

test('a gain that the server and the downloads hide does not refute the pipeline; one that is not there does', () => {
  const trial = { observed: 1.2, cpuRatio: 1, inflation: 1, ceiling: 2, idleCores: 0.1, foreignCores: 0.4 };
  const seen = (potential: number, waitingShare: number): Verdict => {
    const trials = Array.from({ length: 5 }, () => ({ ...trial, potential, waitingShare }));
    return judgeBoth({ lanes: 2, cores: 2, trials }).verdict;
  };
  expect(seen(1.9, 0.19)).toBe('holds');
  expect(seen(1.6, 0.19)).toBe('inconclusive');
  expect(seen(1.9, 0.02)).toBe('inconclusive');
  expect(seen(1.05, 0.02)).toBe('refuted');
});
