// With keep-going, what is refused is left out and named: of a run, of an undo, and of a recover.

import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { applyRename } from '../../src/rename/run/apply-rename.ts';
import type { Result } from '../../src/rename/run/result.ts';
import { history, recover, undo } from '../../src/rename/run/undo.ts';
import { mapWish } from '../../src/rename/wish/map.ts';
import { killed, place, readTree } from './support.ts';
import type { Place, Tree } from './support.ts';

const tree: Tree = { a: 'A', b: 'B', c: 'C', d: 'D', e: 'E' };
const prefix = mapWish(Object.keys(tree).map((name) => ({ from: name, to: `x-${name}` })));
const names = ({ problems }: Result): string[] => problems.map(({ kind, from }) => `${kind} ${from}`).toSorted();

/** Replaces a file as `sed -i`, vim and rsync do. */
function edit(root: string, name: string): void {
  writeFileSync(`${root}/new`, 'edited');
  renameSync(`${root}/new`, `${root}/${name}`);
}

describe('a run with keep-going', () => {
  test('leaves out what the plan refuses', async () => {
    const here = place({ ...tree, 'x-b': 'taken' });
    const result = await applyRename({ root: here.root, wish: prefix }, { ...here, keepGoing: true });
    expect(result).toMatchObject({ outcome: 'partial', renamed: 4 });
    expect(names(result)).toEqual(['target-exists b']);
    expect(readTree(here.root)).toEqual({ 'x-a': 'A', b: 'B', 'x-b': 'taken', 'x-c': 'C', 'x-d': 'D', 'x-e': 'E' });
    expect((await undo(here.root, undefined, here)).outcome).toBe('ok');
    expect(readTree(here.root)).toEqual({ ...tree, 'x-b': 'taken' });
  });

  test('leaves out what waits for a name that is not freed, to the end of its chain', async () => {
    const count = 2_000;
    const pairs = Array.from({ length: count }, (_, n) => ({ from: `f${n}`, to: `f${n + 1}` }));
    const here = place({
      ...Object.fromEntries(pairs.map(({ from }) => [from, from])),
      [`f${count}`]: 'taken',
      a: 'A',
    });
    const wish = mapWish([...pairs, { from: 'a', to: 'z' }]);
    const result = await applyRename({ root: here.root, wish }, { ...here, keepGoing: true });
    expect(result).toMatchObject({ outcome: 'partial', renamed: 1 });
    expect(result.problems).toHaveLength(count);
  });

  test('is refused where nothing is left of it', async () => {
    const here = place({ a: 'A', b: 'B' });
    const request = { root: here.root, wish: mapWish([{ from: 'a', to: 'b' }]) };
    const result = await applyRename(request, { ...here, keepGoing: true });
    expect(result).toMatchObject({ outcome: 'refused', problems: [{ kind: 'target-exists' }] });
    expect(history(here.root, here.stateFolder)).toEqual([]);
  });
});

describe('after one of five files was edited', () => {
  async function edited(): Promise<Place & { id: string }> {
    const here = place(tree);
    await applyRename({ root: here.root, wish: prefix }, here);
    edit(here.root, 'x-c');
    const [{ id } = { id: '' }] = history(here.root, here.stateFolder);
    return { ...here, id };
  }

  test('undo is refused, with a word of its own for that file', async () => {
    const here = await edited();
    const result = await undo(here.root, undefined, here);
    expect(result.outcome).toBe('refused');
    expect(names(result)).toEqual(['edited x-c']);
    expect(result.problems[0]?.message).toContain('--edited');
  });

  test('undo with keep-going takes back the other four, and the fifth on request', async () => {
    const here = await edited();
    const result = await undo(here.root, undefined, { ...here, keepGoing: true });
    expect(result).toMatchObject({ outcome: 'partial', renamed: 4 });
    expect(names(result)).toEqual(['edited x-c']);
    expect(readTree(here.root)).toEqual({ a: 'A', b: 'B', 'x-c': 'edited', d: 'D', e: 'E' });
    const rest = await undo(here.root, here.id, { ...here, keepGoing: true, edited: true });
    expect(rest).toMatchObject({ outcome: 'partial', renamed: 1 }); // the other four are not at their new names
    expect(readTree(here.root)).toEqual({ ...tree, c: 'edited' });
  });

  test('undo takes back all five where that is asked for', async () => {
    const here = await edited();
    expect(await undo(here.root, undefined, { ...here, edited: true })).toMatchObject({ outcome: 'ok', renamed: 5 });
    expect(readTree(here.root)).toEqual({ ...tree, c: 'edited' });
  });

  test('a folder in its place is not taken for it', async () => {
    const here = await edited();
    rmSync(`${here.root}/x-c`);
    mkdirSync(`${here.root}/x-c`);
    const result = await undo(here.root, undefined, { ...here, keepGoing: true, edited: true });
    expect(result).toMatchObject({ outcome: 'partial', renamed: 4 });
    expect(names(result)).toEqual(['changed x-c']);
  });
});

describe.each([
  ['a prefix', prefix, 'x-c', 'c'],
  ['a cycle', mapWish(['ab', 'bc', 'cd', 'de', 'ea'].map(([from, to]) => ({ from: from!, to: to! }))), 'b', 'a'],
])('after a kill at the end of %s, and an edit,', (_, wish, name, origin) => {
  async function interrupted(): Promise<Place> {
    const here = place(tree);
    const fs = killed((call, from) => call === 'write' && from === 'done');
    const ended = { ...fs, write: endingAt('done', fs.write) };
    await applyRename({ root: here.root, wish }, { ...here, fs: ended }).catch(() => {});
    edit(here.root, name);
    return here;
  }

  test('recover names the file that was edited, and stays open', async () => {
    const here = await interrupted();
    const result = await recover(here.root, here);
    expect(result.outcome).toBe('partial');
    expect(names(result)).toContain(`edited ${name}`);
    expect(await recover(here.root, here)).toMatchObject({ outcome: 'partial' });
  });

  test('recover puts it back as it is on request', async () => {
    const here = await interrupted();
    expect(await recover(here.root, { ...here, edited: true })).toMatchObject({ outcome: 'ok', problems: [] });
    expect(readTree(here.root)).toEqual({ ...tree, [origin]: 'edited' });
  });
});

/** A process that ends before it writes this. */
function endingAt(
  text: string,
  write: (file: number, bytes: Uint8Array, position: number | null) => void,
): typeof write {
  return (file, bytes, position) => {
    if (Buffer.from(bytes).toString('latin1').startsWith(text)) throw new Error('killed');
    write(file, bytes, position);
  };
}
