// The posts' own snippets: the largest value, renaming, the order of a folder.

import * as fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as largest from '../src/math-max-spread/recipe.ts';
import { listed, misplaced } from '../src/readdir-order/proof/list-twelve.ts';
import * as order from '../src/readdir-order/recipe.ts';
import { afterRenaming, NAMES } from '../src/rename-loses-files/proof/rename-ten.ts';
import * as renaming from '../src/rename-loses-files/recipe.ts';

describe('math-max-spread', () => {
  test('two million arguments are a RangeError; reduce and a loop take them', () => {
    const samples = largest.rising(2_000_000);
    expect(() => largest.trap(samples)).toThrow(RangeError);
    expect(largest.fix(samples)).toBe(2_000_000);
    expect(largest.cheaperFix(samples)).toBe(2_000_000);
  });

  test('the length at which it throws is found to the element, and is lower within a recursion', () => {
    const limit = (samples: readonly number[]): void => {
      if (samples.length > 12_345) throw new RangeError('too long');
    };
    expect(largest.longestTaken(limit)).toBe(12_345);
    expect(largest.longestTakenBelow(2_000, largest.trap)).toBeLessThan(largest.longestTaken(largest.trap));
  });

  test('another error than a RangeError is passed on', () => {
    expect(() =>
      largest.longestTaken(() => {
        throw new TypeError('broken');
      }),
    ).toThrow('broken');
  });

  test('the three ways agree on short arrays', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), (samples) => {
        expect(largest.fix(samples)).toBe(largest.trap(samples));
        expect(largest.cheaperFix(samples)).toBe(largest.trap(samples));
      }),
    );
    expect(largest.trap([])).toBe(-Infinity);
  });

  test('NaN is the largest for Math.max, and is passed over by the loop', () => {
    expect(largest.trap([1, Number.NaN])).toBeNaN();
    expect(largest.fix([1, Number.NaN])).toBeNaN();
    expect(largest.cheaperFix([1, Number.NaN])).toBe(1);
  });
});

describe('rename-loses-files', () => {
  test('the loop leaves one file of ten, the one that was first', async () => {
    expect(await afterRenaming(renaming.trap)).toEqual({ files: 1, contents: { 'file9.txt': 'draft.txt' } });
  });

  test('the loop loses nothing where no new name is among the old ones', async () => {
    const { files } = await afterRenaming(renaming.trap, ['a.txt', 'b.txt', 'c.txt']);
    expect(files).toBe(3);
  });

  const inOrder = (names: readonly string[]): Record<string, string> =>
    Object.fromEntries(names.toSorted().map((name, index) => [`file${index}.txt`, name]));

  test.each([
    { name: 'two passes', renameAll: renaming.fix },
    { name: 'a new folder', renameAll: renaming.cheaperFix },
  ])('$name: every file is there, under its new name', async ({ renameAll }) => {
    expect(await afterRenaming(renameAll)).toEqual({ files: 10, contents: inOrder(NAMES) });
  });

  test('two passes lose nothing whatever the old names are', async () => {
    const names = fc.uniqueArray(fc.constantFrom(...NAMES, 'file9.txt', 'file10.txt', 'z.txt'), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(names, async (old) => {
        expect((await afterRenaming(renaming.fix, old)).contents).toEqual(inOrder(old));
      }),
      { numRuns: 25 },
    );
  });

  test('no folder is left behind, not even by a renaming that fails', async () => {
    let used = '';
    const failing = (folder: string): Promise<never> => {
      used = folder;
      return Promise.reject(new Error('broken'));
    };
    await expect(afterRenaming(failing)).rejects.toThrow('broken');
    expect(used).not.toBe('');
    expect(existsSync(used)).toBe(false);
  });

  test('no folder is left behind by a program that ends in the middle', () => {
    const module = import.meta.resolve('@cookbook/lab/cleanup');
    const program = `
      const { withFolder } = await import('${module}');
      await withFolder('pitfalls', async (folder) => { console.log(folder); process.exit(3); });`;
    const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
      encoding: 'utf8',
      timeout: 20_000,
    });
    expect(status).toBe(3);
    expect(stdout).toContain('pitfalls-');
    expect(existsSync(stdout.trim())).toBe(false);
  });
});

describe('readdir-order', () => {
  test('readdir has 10 before 2', async () => {
    expect(await listed(order.trap)).toEqual([1, 10, 11, 12, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('a numeric sort, and leading zeros, have the order of the numbers', async () => {
    const numbers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
    expect(await listed(order.fix)).toEqual(numbers);
    expect(await listed(order.trap, order.cheaperFix)).toEqual(numbers);
  });

  test('opendir has every file once, in an order of its own', async () => {
    expect((await listed(order.unsorted)).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  test('a file is misplaced where it would get the number of another', () => {
    expect(misplaced([1, 2, 3])).toBe(0);
    expect(misplaced([2, 1, 3])).toBe(2);
  });
});
