import { createHash } from 'node:crypto';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { darkScreen } from '@cookbook/lab/claim';
import { withFolder } from '@cookbook/lab/cleanup';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  countWrong,
  findSmallFiles,
  LARGEST,
  makeFiles,
  openCorpus,
  packagesFolder,
} from '../src/files/proof/corpus.ts';
import { PRODUCTS, READ, slicesOf, timeSlices, WAYS } from '../src/files/proof/measure.ts';
import { readSync } from '../src/files/recipe.ts';

const context = { budget: 1_000, signal: new AbortController().signal, screen: darkScreen };

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe.each(WAYS)('%s', (way) => {
  test('makes the digests and lengths of files of any size, in their order', async () => {
    const size = fc.oneof(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 65_530, max: 140_000 }));
    await withFolder('cookbook-files-test', async (folder) => {
      await fc.assert(
        fc.asyncProperty(fc.array(size, { maxLength: 6 }), fc.integer({ min: 0, max: 255 }), async (sizes, seed) => {
          const contents = sizes.map((length, at) => new Uint8Array(length).fill((seed + at) % 256));
          const files = contents.map((_, at) => path.join(folder, String(at)));
          await Promise.all(files.map((file, at) => writeFile(file, contents[at]!)));
          expect(await READ[way](files, 'digest')).toEqual(contents.map(digestOf));
          expect(await READ[way](files, 'length')).toEqual(sizes.map(String));
        }),
        { numRuns: 15 },
      );
    });
  });

  test('rejects where a file is not there', async () => {
    const missing = path.join(import.meta.dirname, 'not-there');
    await expect(READ[way]([import.meta.filename, missing], 'digest')).rejects.toThrow('ENOENT');
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
      const read = readSync(
        made.map(({ file }) => file),
        'digest',
      );
      expect(read).toEqual(made.map(({ digest }) => digest));
      expect(new Set(read).size, 'all but the empty ones differ').toBeGreaterThan(120);
    });
  });

  test('of a corpus are found and made, and those that were made are right', async () => {
    await withFolder('cookbook-files-test', async (folder) => {
      const { files: all, found, expected, wrong } = await openCorpus(folder, 100);
      expect([all.length, found, wrong]).toEqual([100, 80, 0]);
      expect(expected.digest).toEqual(readSync(all, 'digest'));
    });
  });
});

test('a digest that is wrong, missing or too many is counted', () => {
  expect(countWrong(['a', 'b'], ['a', 'b'])).toBe(0);
  expect(countWrong(['a', 'c', 'b'], ['a', 'b'])).toBe(2);
  expect(countWrong(['a'], ['a', 'b', 'c'])).toBe(2);
});

describe('a measurement', () => {
  test('reads every slice in every way, and rejects a product that is wrong', async () => {
    const files = findSmallFiles(packagesFolder(), 20);
    const expected = { digest: readSync(files, 'digest'), length: readSync(files, 'length') };
    const slices = [files.slice(0, 10), files.slice(10)];
    const costs = await timeSlices({ files, expected }, slices, context);
    for (const product of PRODUCTS) for (const way of WAYS) expect(costs[product][way]).toHaveLength(2);
    const changed = { ...expected, length: expected.length.with(3, '-1') };
    await expect(timeSlices({ files, expected: changed }, slices, context)).rejects.toThrow(
      `Expected the length of 10 files, got 10, wrong: ${files[3]}`,
    );
  });

  test('has every file in one of twelve slices', () => {
    const files = Array.from({ length: 1_000 }, (_, number) => String(number));
    expect(slicesOf({ files })).toHaveLength(12);
    expect(slicesOf({ files }).flat()).toEqual(files);
  });
});
