// Changes by other programs between the check and the rename.

import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { applyRename } from '../../src/rename/run/apply-rename.ts';
import type { Result } from '../../src/rename/run/result.ts';
import { mapWish } from '../../src/rename/wish/map.ts';
import { contentsOf, hooked, place, readTree, systemError } from './support.ts';
import type { Place, Tree } from './support.ts';

const tree: Tree = { a: 'A', b: 'B', c: 'C' };
const prefix = mapWish(['a', 'b', 'c'].map((name) => ({ from: name, to: `x-${name}` })));

/** Renames a, b, c to x-a, x-b, x-c; `meanwhile` happens before the link of b. */
async function raced(meanwhile: (root: string) => void, keepGoing = false): Promise<{ here: Place; result: Result }> {
  const here = place(tree);
  const fs = hooked((call, from) => {
    if (call === 'link' && from.endsWith('/b')) meanwhile(here.root);
  });
  const result = await applyRename({ root: here.root, wish: prefix }, { ...here, fs, keepGoing });
  return { here, result };
}

describe('between the check and the rename', () => {
  test('a target appears: it stays what it is, and everything is put back', async () => {
    const { here, result } = await raced((root) => writeFileSync(`${root}/x-b`, 'other'));
    expect(result).toMatchObject({
      outcome: 'rolled-back',
      renamed: 0,
      problems: [{ kind: 'target-exists', from: 'b' }],
    });
    expect(readTree(here.root)).toEqual({ ...tree, 'x-b': 'other' });
  });

  test('a target appears: with keep-going the others are renamed, and the result has the one that is not', async () => {
    const { here, result } = await raced((root) => writeFileSync(`${root}/x-b`, 'other'), true);
    expect(result).toMatchObject({ outcome: 'partial', renamed: 2, problems: [{ kind: 'target-exists', from: 'b' }] });
    expect(readTree(here.root)).toEqual({ 'x-a': 'A', b: 'B', 'x-b': 'other', 'x-c': 'C' });
  });

  test('a source is deleted: the others are put back', async () => {
    const { here, result } = await raced((root) => rmSync(`${root}/b`));
    expect(result).toMatchObject({ outcome: 'rolled-back', problems: [{ kind: 'not-found', from: 'b' }] });
    expect(readTree(here.root)).toEqual({ a: 'A', c: 'C' });
  });

  test('a source is replaced: no content is lost', async () => {
    const { here } = await raced((root) => {
      writeFileSync(`${root}/new`, 'B2');
      renameSync(`${root}/new`, `${root}/b`);
    });
    expect(contentsOf(readTree(here.root))).toEqual(['A', 'B2', 'C']);
  });

  test('another file takes an old name and the run fails: neither it nor our file is lost, and undo can be asked later', async () => {
    const { here, result } = await raced((root) => {
      writeFileSync(`${root}/a`, 'other');
      writeFileSync(`${root}/x-b`, 'another');
    });
    expect(result).toMatchObject({ outcome: 'partial', renamed: 1 });
    expect(readTree(here.root)).toEqual({ a: 'other', 'x-a': 'A', b: 'B', 'x-b': 'another', c: 'C' });
  });

  test('an empty folder appears where a folder goes: nothing is lost', async () => {
    const here = place({ 'd/f': 'F' });
    const fs = hooked((call, _, to) => {
      if (call === 'rename' && to.endsWith('/e')) {
        mkdirSync(`${here.root}/e`);
        writeFileSync(`${here.root}/e/g`, 'G');
      }
    });
    const result = await applyRename({ root: here.root, wish: mapWish([{ from: 'd', to: 'e' }]) }, { ...here, fs });
    expect(result).toMatchObject({ outcome: 'rolled-back', problems: [{ kind: 'target-exists' }] });
    expect(readTree(here.root)).toEqual({ 'd/f': 'F', 'e/g': 'G' });
  });
});

test('the middle of a cycle fails with keep-going: the cycle is put back, with no temporary name left', async () => {
  const here = place({ ...tree, d: 'D' });
  const fs = hooked((call, from) => {
    if (call === 'link' && from.endsWith('/b')) throw systemError('EIO');
  });
  const pairs = ['ab', 'bc', 'ca', 'dz'].map(([from, to]) => ({ from: from!, to: to! }));
  const result = await applyRename({ root: here.root, wish: mapWish(pairs) }, { ...here, fs, keepGoing: true });
  expect(result).toMatchObject({ outcome: 'partial', renamed: 1 });
  expect(result.problems.map(({ kind, from }) => `${kind} ${from}`).toSorted()).toEqual(['io a', 'io b', 'io c']);
  expect(readTree(here.root)).toEqual({ ...tree, z: 'D' });
});

test('a file system without hard links is renamed on, and the result warns that new names were only checked', async () => {
  const here = place(tree);
  const fs = hooked((call) => {
    if (call === 'link') throw systemError('EPERM');
  });
  const result = await applyRename({ root: here.root, wish: prefix }, { ...here, fs });
  expect(result).toMatchObject({ outcome: 'ok', renamed: 3, unguarded: 3 });
  expect(result.warnings.join()).toContain('3 renamed without a hard link');
  expect(readTree(here.root)).toEqual({ 'x-a': 'A', 'x-b': 'B', 'x-c': 'C' });
});

test('without hard links a target that appeared before its rename is not overwritten either', async () => {
  const here = place(tree);
  const fs = hooked((call, from) => {
    if (call === 'link' && from.endsWith('/b')) writeFileSync(`${here.root}/x-b`, 'other');
    if (call === 'link') throw systemError('EPERM');
  });
  const result = await applyRename({ root: here.root, wish: prefix }, { ...here, fs });
  expect(result.outcome).toBe('rolled-back');
  expect(readTree(here.root)).toEqual({ ...tree, 'x-b': 'other' });
});
