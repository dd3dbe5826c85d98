import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { darkScreen } from '@cookbook/lab/claim';
import { withFolder } from '@cookbook/lab/cleanup';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findSmallFiles, packagesFolder } from '../src/files/proof/corpus.ts';
import { readSync } from '../src/files/recipe.ts';
import { stopFindings, watchLoop, waysWith } from '../src/files-in-worker/proof/event-loop.ts';
import { openReader } from '../src/files-in-worker/recipe.ts';
import type { Reader } from '../src/files-in-worker/recipe.ts';

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

test('a file that is not there rejects, and ends the reader', async () => {
  const own = openReader();
  const missing = path.join(import.meta.dirname, 'not-there');
  await expect(own.read([import.meta.filename, missing], 'digest')).rejects.toThrow('ENOENT');
  await own.close();
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
  const verdicts = (changed: typeof stops): (string | undefined)[] =>
    stopFindings('', changed, 0.1).map(({ judgement }) => judgement?.verdict);
  expect(verdicts(stops)).toEqual(['holds', 'holds', undefined]);
  expect(verdicts({ ...stops, worker: [{ ...stop, max: 90 }] })[0]).toBe('refuted');
  expect(verdicts({ ...stops, limited: [{ ...stop, wrong: 1 }] })[1]).toBe('refuted');
});
