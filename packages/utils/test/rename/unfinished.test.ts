// Runs that were interrupted: found whatever the clock says, and wherever they are in the tree.

import { readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { storeFolder } from '../../src/rename/journal/store.ts';
import { applyRename, realFolder } from '../../src/rename/run/apply-rename.ts';
import type { Pair } from '../../src/rename/plan/plan.ts';
import { history, recover, undo } from '../../src/rename/run/undo.ts';
import { mapWish } from '../../src/rename/wish/map.ts';
import { hooked, killed, place, readTree } from './support.ts';
import type { Place, Tree } from './support.ts';

const pairs = (...names: string[]): Pair[] => names.map((name) => ({ from: name, to: `${name}x` }));

/** A run that is killed before its link number `at`, from 1. */
async function interrupted({ stateFolder }: Place, root: string, wished: readonly Pair[], at: number): Promise<void> {
  let links = 0;
  const fs = killed((call) => call === 'link' && ++links === at);
  const run = applyRename({ root, wish: mapWish(wished) }, { stateFolder, fs });
  await expect(run).rejects.toThrow('killed');
}

describe('a clock that was an hour ahead', () => {
  afterEach(() => void vi.useRealTimers());
  const ahead = (): void => void vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });

  test('hides no interrupted run: the next is refused, and recover puts it back', async () => {
    const tree = { a: 'A', b: 'B', c: 'C' };
    const here = place(tree);
    await applyRename({ root: here.root, wish: mapWish(pairs('c')) }, here);
    await undo(here.root, undefined, here);
    ahead();
    await interrupted(here, here.root, pairs('a', 'b'), 2);
    vi.useRealTimers();
    const next = { root: here.root, wish: mapWish(pairs('c')) };
    expect(await applyRename(next, here)).toMatchObject({ outcome: 'refused', problems: [{ kind: 'journal' }] });
    expect(await recover(here.root, here)).toMatchObject({ outcome: 'ok' });
    expect(readTree(here.root)).toEqual(tree);
  });

  test('does not change the order: undo takes back the run that was last', async () => {
    const here = place({ a: 'A', b: 'B' });
    ahead();
    await applyRename({ root: here.root, wish: mapWish(pairs('a')) }, here);
    vi.useRealTimers();
    await applyRename({ root: here.root, wish: mapWish(pairs('b')) }, here);
    expect((await undo(here.root, undefined, here)).outcome).toBe('ok');
    expect(readTree(here.root)).toEqual({ ax: 'A', b: 'B' });
    expect(history(here.root, here.stateFolder).map(({ undoneBy }) => undoneBy !== undefined)).toEqual([
      false,
      true,
      false,
    ]);
  });

  test('an interrupted run is found behind a later one that finished', async () => {
    const here = place({ a: 'A', b: 'B', c: 'C' });
    await applyRename({ root: here.root, wish: mapWish(pairs('c')) }, here);
    const store = storeFolder(here.root, here.stateFolder);
    const later = readdirSync(store).find((name) => name.endsWith('.journal')) ?? '';
    await interrupted(here, here.root, pairs('a', 'b'), 2);
    renameSync(join(store, later), join(store, `9${later}`)); // the counter of a copied store may be ahead
    const next = { root: here.root, wish: mapWish(pairs('cx')) };
    expect(await applyRename(next, here)).toMatchObject({ outcome: 'refused', problems: [{ kind: 'journal' }] });
    expect(await recover(here.root, here)).toMatchObject({ outcome: 'ok', problems: [] });
    expect(readTree(here.root)).toEqual({ a: 'A', b: 'B', cx: 'C' });
  });
});

describe('an interrupted run in a folder', () => {
  const tree: Tree = { a: 'A', 'sub/b': 'B', 'sub/deep/c': 'C', 'other/d': 'D' };

  test.each([
    ['a folder in it', '', 'sub'],
    ['a folder around it', 'sub', ''],
    ['a folder deeper in it', '', 'sub/deep'],
  ])('keeps runs out of %s, until it is put back there', async (_, first, second) => {
    const here = place(tree);
    const [one, two] = [realFolder(`${here.root}/${first}`), realFolder(`${here.root}/${second}`)];
    const files = Object.keys(tree).filter((path) => path.startsWith(first === '' ? '' : `${first}/`));
    const wished = pairs(...files.map((path) => path.slice(first === '' ? 0 : first.length + 1)));
    await interrupted(here, one, wished, 2);
    const between = readTree(here.root);
    const request = { root: two, wish: mapWish(pairs('a')) };
    for (const result of [
      await applyRename(request, here),
      await recover(two, here),
      await undo(two, undefined, here),
    ]) {
      expect(result).toMatchObject({ outcome: 'refused', problems: [{ kind: 'journal' }] });
      expect(result.problems[0]?.message).toContain(`'${one}'`);
    }
    expect(readTree(here.root)).toEqual(between);
    expect(await recover(one, here)).toMatchObject({ outcome: 'ok', problems: [] });
    expect(readTree(here.root)).toEqual(tree);
    expect(await recover(two, here)).toMatchObject({ outcome: 'ok', renamed: 0 });
  });

  test('leaves the folders beside it alone', async () => {
    const here = place(tree);
    await interrupted(here, realFolder(`${here.root}/sub`), pairs('b'), 1);
    const request = { root: realFolder(`${here.root}/other`), wish: mapWish(pairs('d')) };
    expect((await applyRename(request, here)).outcome).toBe('ok');
  });

  test('is found under another path of the same folder', async () => {
    const here = place(tree);
    await interrupted(here, here.root, pairs('a', 'sub/b'), 2);
    const elsewhere = join(dirname(here.root), 'new');
    renameSync(here.root, elsewhere);
    symlinkSync(elsewhere, here.root);
    const moved = realFolder(here.root);
    expect(await applyRename({ root: moved, wish: mapWish(pairs('a')) }, here)).toMatchObject({ outcome: 'refused' });
    expect(await recover(moved, here)).toMatchObject({ outcome: 'ok', problems: [] });
    expect(readTree(moved)).toEqual(tree);
  });

  test('that is still at work is called busy, not interrupted', async () => {
    const here = place(tree);
    let inner: Promise<unknown> | undefined;
    const fs = hooked((call) => {
      if (call === 'link') {
        inner ??= applyRename({ root: `${here.root}/sub`, wish: mapWish(pairs('b')) }, here);
      }
    });
    expect((await applyRename({ root: here.root, wish: mapWish(pairs('a')) }, { ...here, fs })).outcome).toBe('ok');
    expect(await inner).toMatchObject({ outcome: 'refused', problems: [{ kind: 'busy' }] });
  });
});

test('a mark that a run left when it was killed at its very end hinders none, and the next run removes it', async () => {
  const here = place({ a: 'A', 'sub/b': 'B' });
  const fs = killed((call, path) => call === 'unlink' && path.includes('/unfinished/'));
  const run = applyRename({ root: here.root, wish: mapWish(pairs('a')) }, { ...here, fs });
  await expect(run).rejects.toThrow('killed');
  const marks = join(here.stateFolder, 'unfinished');
  expect(readdirSync(marks)).toHaveLength(1);
  expect(await recover(here.root, here)).toMatchObject({ outcome: 'ok', renamed: 0 });
  const next = { root: `${here.root}/sub`, wish: mapWish(pairs('b')) };
  expect((await applyRename(next, here)).outcome).toBe('ok');
  expect(readdirSync(marks)).toEqual([]);
});

describe('a recover with problems', () => {
  async function blocked(): Promise<Place> {
    const here = place({ a: 'A', b: 'B', c: 'C' });
    await interrupted(here, here.root, pairs('a', 'b', 'c'), 3);
    writeFileSync(`${here.root}/a`, 'other');
    expect(await recover(here.root, here)).toMatchObject({ outcome: 'partial', problems: [{ kind: 'target-exists' }] });
    expect(readTree(here.root)).toEqual({ a: 'other', ax: 'A', b: 'B', c: 'C' });
    return here;
  }

  test('can be repeated when they are gone', async () => {
    const here = await blocked();
    expect(await applyRename({ root: here.root, wish: mapWish(pairs('c')) }, here)).toMatchObject({
      outcome: 'refused',
    });
    rmSync(`${here.root}/a`);
    expect(await recover(here.root, here)).toMatchObject({ outcome: 'ok', problems: [] });
    expect(readTree(here.root)).toEqual({ a: 'A', b: 'B', c: 'C' });
  });

  test('is ended with keep-going: what could not be put back stays, and can be undone later', async () => {
    const here = await blocked();
    expect(await recover(here.root, { ...here, keepGoing: true })).toMatchObject({ outcome: 'partial', renamed: 0 });
    expect((await applyRename({ root: here.root, wish: mapWish(pairs('c')) }, here)).outcome).toBe('ok');
    rmSync(`${here.root}/a`);
    const [{ id } = { id: '' }] = history(here.root, here.stateFolder);
    expect((await undo(here.root, id, here)).outcome).toBe('ok');
    expect(readTree(here.root)).toEqual({ a: 'A', b: 'B', cx: 'C' });
  });
});
