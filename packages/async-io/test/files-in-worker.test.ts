import { createHash } from 'node:crypto';
import { getEventListeners } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type * as threads from 'node:worker_threads';
import type { Worker } from 'node:worker_threads';
import { darkScreen } from '@cookbook/lab/claim';
import { withFolder } from '@cookbook/lab/cleanup';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { findSmallFiles, packagesFolder } from '../src/files/proof/corpus.ts';
import { readSync } from '../src/files/recipe.ts';
import { stopFindings, watchLoop, waysWith } from '../src/files-in-worker/proof/event-loop.ts';
import { openReader } from '../src/files-in-worker/recipe.ts';
import type { Reader } from '../src/files-in-worker/recipe.ts';

const started = vi.hoisted(() => [] as Worker[]);
vi.mock('node:worker_threads', async (original) => {
  const actual = await original<typeof threads>();
  class StartedWorker extends actual.Worker {
    constructor(...parameters: ConstructorParameters<typeof Worker>) {
      super(...parameters);
      started.push(this);
    }
  }
  return { ...actual, Worker: StartedWorker };
});

let reader: Reader;
beforeAll(() => void (reader = openReader()));
afterAll(() => reader.close());

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

test('a worker makes the digests and lengths of files of any size, in their order', async () => {
  const size = fc.oneof(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 65_530, max: 140_000 }));
  await withFolder('cookbook-files-test', async (folder) => {
    await fc.assert(
      fc.asyncProperty(fc.array(size, { maxLength: 6 }), fc.integer({ min: 0, max: 255 }), async (sizes, seed) => {
        const contents = sizes.map((length, at) => new Uint8Array(length).fill((seed + at) % 256));
        const files = contents.map((_, at) => path.join(folder, String(at)));
        await Promise.all(files.map((file, at) => writeFile(file, contents[at]!)));
        expect(await reader.read(files, 'digest')).toEqual(contents.map(digestOf));
        expect(await reader.read(files, 'length')).toEqual(sizes.map(String));
      }),
      { numRuns: 15 },
    );
  });
});

describe('a reader', () => {
  const missing = path.join(import.meta.dirname, 'not-there');
  const here = import.meta.filename;
  let own: Reader;
  beforeEach(() => void (own = openReader()));
  afterEach(() => own.close());

  test('rejects for a file that is not there, with its code and path, and reads on', { timeout: 5_000 }, async () => {
    const error = { name: 'Error', code: 'ENOENT', path: missing, message: expect.stringContaining('ENOENT') };
    await expect(own.read([here, missing], 'digest')).rejects.toMatchObject(error);
    expect(await own.read([here], 'digest')).toEqual(readSync([here], 'digest'));
  });

  test(
    'asked by many at once answers each with its own files, an error among them too',
    { timeout: 5_000 },
    async () => {
      const lists = [[here], [here, here], [missing], [], [here, here, here]];
      const settled = await Promise.allSettled(lists.map((files) => own.read(files, 'digest')));
      const lengths = settled.map((one) => (one.status === 'fulfilled' ? one.value.length : 'rejected'));
      expect(lengths).toEqual([1, 2, 'rejected', 0, 3]);
    },
  );

  test(
    'that is closed rejects what is under way and what comes, and may be closed twice',
    { timeout: 5_000 },
    async () => {
      const closed = 'Expected an open reader, it is closed';
      const reading = own.read(Array<string>(50_000).fill(here), 'digest');
      await Promise.all([expect(reading).rejects.toThrow(closed), own.close()]);
      await expect(own.read([here], 'digest')).rejects.toThrow(closed);
      await own.close();
    },
  );

  test('whose thread dies rejects what is under way and what comes', { timeout: 5_000 }, async () => {
    const reading = own.read(Array<string>(50_000).fill(here), 'digest');
    const ended = /^Expected an answer of the reader, but its thread ended with exit code \d$/;
    await Promise.all([expect(reading).rejects.toThrow(ended), started.at(-1)!.terminate()]);
    await expect(own.read([here], 'digest')).rejects.toThrow(ended);
  });

  test(
    'lets a signal take a read back, before it and under way; the next read is right',
    { timeout: 5_000 },
    async () => {
      const many = Array<string>(20_000).fill(here);
      await expect(own.read(many, 'digest', { signal: AbortSignal.abort('before') })).rejects.toBe('before');
      const stop = new AbortController();
      const reading = own.read(many, 'digest', { signal: stop.signal });
      stop.abort('under way');
      await expect(reading).rejects.toBe('under way');
      expect(await own.read([here], 'length')).toEqual(readSync([here], 'length'));
      expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
    },
  );
});

test('reading synchronously stops the event loop for all of its time, and the others do not', async () => {
  const files = findSmallFiles(packagesFolder(), 3_000);
  const corpus = { files, expected: { digest: readSync(files, 'digest'), length: [] } };
  const context = { signal: new AbortController().signal, screen: darkScreen };
  const stops = await watchLoop(waysWith(reader), corpus, 2, context);
  const shares = (way: keyof typeof stops): number[] => stops[way].map(({ max, wall }) => max / wall);
  for (const share of shares('sync')) expect(share).toBeGreaterThan(0.85);
  expect(Math.min(...shares('limited'))).toBeLessThan(0.6);
  expect(Math.min(...shares('worker'))).toBeLessThan(0.6);
});

test('a way that stops the event loop, and a wrong digest, refute', () => {
  const stop = { max: 5, wall: 100, wrong: 0 };
  const stops = { sync: [{ ...stop, max: 99 }], worker: [stop], limited: [stop] };
  const verdicts = (changed: typeof stops, load = 0.1): (string | undefined)[] =>
    stopFindings('', changed, load).map(({ judgement }) => judgement?.verdict);
  expect(verdicts(stops)).toEqual(['holds', 'holds', undefined]);
  expect(verdicts({ ...stops, worker: [{ ...stop, max: 90 }] })[0]).toBe('refuted');
  expect(verdicts({ ...stops, worker: [{ ...stop, max: 90 }] }, 1)[0]).toBe('inconclusive');
  expect(verdicts({ ...stops, sync: [stop] }, 1)[0]).toBe('refuted');
  expect(verdicts({ ...stops, limited: [{ ...stop, wrong: 1 }] })[1]).toBe('refuted');
});
