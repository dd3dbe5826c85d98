import { createHash } from 'node:crypto';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { darkScreen } from '@cookbook/lab/claim';
import { withFolder } from '@cookbook/lab/cleanup';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { findSmallFiles, LARGEST, makeFiles, packagesFolder } from '../src/files/corpus.ts';
import { ALLOWED, descriptorsLack, readWithFewDescriptors } from '../src/files/few-descriptors.ts';
import { unlike } from '../src/files/figures.ts';
import { timeSlices, watchLoop, WAYS, waysWith } from '../src/files/measure.ts';
import { patiently } from '../src/files/patient.ts';
import { openReader } from '../src/files/reader.ts';
import type { Reader } from '../src/files/reader.ts';

const readers: Reader[] = [];
afterEach(async () => {
  for (const reader of readers.splice(0)) await reader.close();
});
const ways = (): ReturnType<typeof waysWith> => {
  const reader = openReader();
  readers.push(reader);
  return waysWith(reader);
};
const context = { budget: 1_000, signal: new AbortController().signal, screen: darkScreen };

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe.each(WAYS)('%s', (way) => {
  test('gives the digests and lengths of files of any size, in their order', async () => {
    const read = ways();
    const size = fc.oneof(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 65_530, max: 140_000 }));
    await withFolder('cookbook-files-test', async (folder) => {
      await fc.assert(
        fc.asyncProperty(fc.array(size, { maxLength: 6 }), fc.integer({ min: 0, max: 255 }), async (sizes, seed) => {
          const contents = sizes.map((length, at) => new Uint8Array(length).fill((seed + at) % 256));
          const files = contents.map((_, at) => path.join(folder, String(at)));
          await Promise.all(files.map((file, at) => writeFile(file, contents[at]!)));
          expect(await read[way](files, 'digest')).toEqual(contents.map(digestOf));
          expect(await read[way](files, 'length')).toEqual(sizes.map(String));
        }),
        { numRuns: 15 },
      );
    });
  });

  test('rejects where a file is not there', async () => {
    const missing = path.join(import.meta.dirname, 'not-there');
    await expect(ways()[way]([import.meta.filename, missing], 'digest')).rejects.toThrow('ENOENT');
  });
});

describe('the files', () => {
  test('of the installed packages are small, many, and the same every time', () => {
    const found = findSmallFiles(packagesFolder(), 300);
    expect(new Set(found).size).toBe(300);
    expect(findSmallFiles(packagesFolder(), 300)).toEqual(found);
  });

  test('are not larger than one piece, no link is followed, and what tools keep is left out', async () => {
    await withFolder('cookbook-files-test', async (folder) => {
      await mkdir(path.join(folder, 'inner'));
      const [small, edge, large] = ['a-small', 'inner/edge', 'large'].map((name) => path.join(folder, name));
      await writeFile(small!, 'text');
      await writeFile(edge!, Buffer.alloc(LARGEST));
      await writeFile(large!, Buffer.alloc(LARGEST + 1));
      await writeFile(path.join(folder, '.state'), 'changes');
      if (process.platform !== 'win32') await symlink(folder, path.join(folder, 'loop'));
      expect(findSmallFiles(folder, 10)).toEqual([small, edge]);
      expect(findSmallFiles(folder, 1)).toEqual([small]);
    });
  });

  test('that are made have the digests that were computed before they were read', async () => {
    await withFolder('cookbook-files-test', async (folder) => {
      const made = await makeFiles(path.join(folder, 'new'), 130);
      const read = await ways().sync(
        made.map(({ file }) => file),
        'digest',
      );
      expect(read).toEqual(made.map(({ digest }) => digest));
      expect(new Set(read).size, 'all but the empty ones differ').toBeGreaterThan(120);
    });
  });
});

test('a digest that is wrong, missing or too many is counted', () => {
  expect(unlike(['a', 'b'], ['a', 'b'])).toBe(0);
  expect(unlike(['a', 'c', 'b'], ['a', 'b'])).toBe(2);
  expect(unlike(['a'], ['a', 'b', 'c'])).toBe(2);
});

describe('patience', () => {
  const refusal = (code: string): Error => Object.assign(new Error(code), { code });

  test('tries again after every refusal, and once more than it was refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('EMFILE', 'ENFILE'), { maxLength: 4 }), async (codes) => {
        let [tries, refused] = [0, 0];
        const work = async (): Promise<string> => {
          const code = codes[tries++];
          if (code !== undefined) throw refusal(code);
          return 'read';
        };
        expect(await patiently(work, { onRefused: () => void refused++ })).toBe('read');
        expect([tries, refused]).toEqual([codes.length + 1, codes.length]);
      }),
      { numRuns: 20 },
    );
  });

  test('is not for other errors', async () => {
    let tries = 0;
    const work = async (): Promise<never> => {
      tries++;
      throw refusal('ENOENT');
    };
    await expect(patiently(work)).rejects.toThrow('ENOENT');
    expect(tries).toBe(1);
  });

  test('ends when it is aborted', async () => {
    const signal = AbortSignal.timeout(30);
    await expect(patiently(() => Promise.reject(refusal('EMFILE')), { signal })).rejects.toThrow('aborted');
  });
});

describe.runIf(descriptorsLack() === undefined)('a process that may open few files', () => {
  test('fails for streams at once, and skips nothing under a limit or with a retry', async () => {
    const files = findSmallFiles(packagesFolder(), 200);
    const expected = await ways().sync(files, 'digest');
    const few = await readWithFewDescriptors(files, context.signal);
    expect(few.allowed).toBe(ALLOWED);
    expect(few.refused).toBeGreaterThan(100);
    expect(few.retries).toBeGreaterThanOrEqual(few.refused);
    expect(few.limited).toEqual(expected);
    expect(few.patient).toEqual(expected);
  });

  test('that cannot read a file tells', async () => {
    await expect(readWithFewDescriptors(['/not/there'], context.signal)).rejects.toThrow(/it ended with 1: .*ENOENT/s);
  });

  test('is ended by an abort', async () => {
    const files = findSmallFiles(packagesFolder(), 2_000);
    await expect(readWithFewDescriptors(files, AbortSignal.timeout(100))).rejects.toThrow('aborted');
  });
});

test('Windows cannot show what running out of descriptors does, and says why', () => {
  expect(descriptorsLack('win32')).toBe('Windows sets no limit on the open files of a process');
});

describe('a measurement', () => {
  test('reads every slice in every way and hands each product to the check', async () => {
    const files = findSmallFiles(packagesFolder(), 20);
    const checked: string[] = [];
    const costs = await timeSlices(
      ways(),
      [files.slice(0, 10), files.slice(10)],
      (products, of, product) => checked.push(`${product} ${of.length} ${products.length}`),
      context,
    );
    for (const product of ['digest', 'length'] as const) {
      for (const way of WAYS) expect(costs[product][way]).toHaveLength(2);
      expect(checked.filter((line) => line === `${product} 10 10`)).toHaveLength(2 * WAYS.length);
    }
  });

  test('sees that the synchronous way stops the event loop for all of its time, and the others do not', async () => {
    const files = findSmallFiles(packagesFolder(), 3_000);
    const stops = await watchLoop(ways(), files, 2, context);
    for (const { share } of stops.sync) expect(share).toBeGreaterThan(0.85);
    expect(Math.min(...stops.limited.map(({ share }) => share))).toBeLessThan(0.6);
    expect(Math.min(...stops['sync in a worker'].map(({ share }) => share))).toBeLessThan(0.6);
  });
});
