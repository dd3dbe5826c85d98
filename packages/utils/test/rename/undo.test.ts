import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { applyRename } from '../../src/rename/run/apply-rename.ts';
import type { Request } from '../../src/rename/run/apply-rename.ts';
import { history, recover, undo } from '../../src/rename/run/undo.ts';
import { mapWish } from '../../src/rename/wish/map.ts';
import { patternWish } from '../../src/rename/wish/pattern.ts';
import { place, readTree } from './support.ts';
import type { Place, Tree } from './support.ts';

const tree: Tree = { a: 'A', b: 'B' };

async function renamed(pairs: Readonly<Record<string, string>>, files = tree): Promise<Place> {
  const here = place(files);
  const wish = mapWish(Object.entries(pairs).map(([from, to]) => ({ from, to })));
  expect((await applyRename({ root: here.root, wish, move: true }, here)).outcome).toBe('ok');
  return here;
}

describe('undo', () => {
  test('of a swap, of its undo, and of that again goes back and forth', async () => {
    const here = await renamed({ a: 'b', b: 'a' });
    for (const expected of [tree, { a: 'B', b: 'A' }, tree]) {
      expect(await undo(here.root, undefined, here)).toMatchObject({ outcome: 'ok', renamed: 2 });
      expect(readTree(here.root)).toEqual(expected);
    }
    expect(history(here.root, here.stateFolder).map(({ undoneBy }) => undoneBy !== undefined)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  test('never overwrites another file: it is refused whole', async () => {
    const here = await renamed({ a: 'x', b: 'y' });
    writeFileSync(`${here.root}/a`, 'other');
    expect(await undo(here.root, undefined, here)).toMatchObject({
      outcome: 'refused',
      problems: [{ kind: 'target-exists' }],
    });
    expect(readTree(here.root)).toEqual({ a: 'other', x: 'A', y: 'B' });
  });

  test('never moves a file that was replaced', async () => {
    const here = await renamed({ a: 'x', b: 'y' });
    writeFileSync(`${here.root}/new`, 'another');
    renameSync(`${here.root}/new`, `${here.root}/x`);
    expect(await undo(here.root, undefined, here)).toMatchObject({
      outcome: 'refused',
      problems: [{ kind: 'edited', from: 'x' }],
    });
    expect(readTree(here.root)).toEqual({ x: 'another', y: 'B' });
  });

  test('knows a file that was deleted and made again, which gets the same inode on some systems', async () => {
    const here = await renamed({ a: 'x' });
    rmSync(`${here.root}/x`);
    await new Promise((resolve) => setTimeout(resolve, 20)); // the clock of birth times ticks every few ms
    writeFileSync(`${here.root}/x`, 'another');
    expect(await undo(here.root, undefined, here)).toMatchObject({
      outcome: 'refused',
      problems: [{ kind: 'edited' }],
    });
  });

  test('moves a file that was edited in place', async () => {
    const here = await renamed({ a: 'x' });
    writeFileSync(`${here.root}/x`, 'A, edited');
    expect((await undo(here.root, undefined, here)).outcome).toBe('ok');
    expect(readTree(here.root)).toEqual({ a: 'A, edited', b: 'B' });
  });

  test('of one run by its id leaves a later one alone', async () => {
    const here = await renamed({ a: 'x' });
    const [{ id } = { id: '' }] = history(here.root, here.stateFolder);
    await applyRename({ root: here.root, wish: mapWish([{ from: 'b', to: 'y' }]) }, here);
    expect((await undo(here.root, id, here)).outcome).toBe('ok');
    expect(readTree(here.root)).toEqual({ a: 'A', y: 'B' });
    expect(await undo(here.root, id, here)).toMatchObject({ outcome: 'refused', problems: [{ kind: 'journal' }] });
  });

  test('removes the folders that a move made, and those only', async () => {
    const here = await renamed({ a: 'new/deep/a', b: 'old/b' }, { ...tree, 'old/c': 'C' });
    expect((await undo(here.root, undefined, here)).outcome).toBe('ok');
    expect(readTree(here.root)).toEqual({ ...tree, 'old/c': 'C' });
    expect((await undo(here.root, undefined, here)).outcome).toBe('ok');
    expect(readTree(here.root)).toEqual({ 'new/deep/a': 'A', 'old/b': 'B', 'old/c': 'C' });
  });

  test('of nothing is refused, recovering nothing is not', async () => {
    const here = place(tree);
    expect(await undo(here.root, undefined, here)).toMatchObject({
      outcome: 'refused',
      problems: [{ kind: 'journal' }],
    });
    expect(await recover(here.root, here)).toMatchObject({ outcome: 'ok', renamed: 0 });
  });

  test('brings back folders and what is in them, with every name of the way changed', async () => {
    const files: Tree = { 'aa/aa/a1': '1', 'aa/b': '2', 'c/aa': { dir: true }, 'c/link': { symlink: 'gone' } };
    const here = place(files);
    const selection = { dirs: true, recursive: true };
    const request: Request = { root: here.root, wish: patternWish('a', 'z', selection), listed: true };
    expect((await applyRename(request, here)).outcome).toBe('ok');
    expect(readTree(here.root)).toEqual({
      'zz/zz/z1': '1',
      'zz/b': '2',
      'c/zz': { dir: true },
      'c/link': { symlink: 'gone' },
    });
    expect((await undo(here.root, undefined, here)).outcome).toBe('ok');
    expect(readTree(here.root)).toEqual(files);
  });
});

test('only the runs of late are kept', async () => {
  const here = place({ a: 'A' });
  for (let run = 0; run < 23; run++) {
    const [from, to] = run % 2 === 0 ? ['a', 'b'] : ['b', 'a'];
    await applyRename({ root: here.root, wish: mapWish([{ from, to }] as { from: string; to: string }[]) }, here);
  }
  expect(history(here.root, here.stateFolder).length).toBeLessThanOrEqual(21);
});
