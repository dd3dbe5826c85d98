// In a container every file of the image is of a lower layer: its first link or rename copies it, and the copy has
// another birth time.

import { describe, expect, test } from 'vitest';
import { applyRename } from '../../../src/rename/run/apply-rename.ts';
import { recover, undo } from '../../../src/rename/run/undo.ts';
import { mapWish } from '../../../src/rename/wish/map.ts';
import { hooked, readTree, systemError } from '../support.ts';
import type { Tree } from '../support.ts';
import { overlay, placeOn } from './disk.ts';

const tree: Tree = { a: 'A', b: 'B', c: 'C' };
const prefix = mapWish(['a', 'b', 'c'].map((name) => ({ from: name, to: `x-${name}` })));
const cycle = mapWish(['ab', 'bc', 'ca'].map(([from, to]) => ({ from: from!, to: to! })));

describe.skipIf(overlay.missing !== undefined)(`files of a lower layer (${overlay.missing ?? 'mounted'})`, () => {
  test.each([
    ['a prefix', prefix],
    ['a cycle', cycle],
  ])('are renamed and brought back by undo, and again: %s', async (_, wish) => {
    const here = placeOn(overlay, tree);
    expect((await applyRename({ root: here.root, wish }, here)).outcome).toBe('ok');
    const after = readTree(here.root);
    for (const expected of [tree, after, tree]) {
      expect(await undo(here.root, undefined, here)).toMatchObject({ outcome: 'ok', problems: [] });
      expect(readTree(here.root)).toEqual(expected);
    }
  });

  test('are put back where the run fails half-way', async () => {
    const here = placeOn(overlay, tree);
    const fs = hooked((call, from) => {
      if ((call === 'link' || call === 'rename') && from.endsWith('/c')) throw systemError('EIO');
    });
    const result = await applyRename({ root: here.root, wish: prefix }, { ...here, fs });
    expect(result).toMatchObject({ outcome: 'rolled-back', problems: [{ from: 'c' }] });
    expect(readTree(here.root)).toEqual(tree);
    expect(await recover(here.root, here)).toMatchObject({ outcome: 'ok', renamed: 0 });
  });

  test('where a folder cannot be renamed the message names the layer, not another device', async () => {
    const here = placeOn(overlay, { 'd/a': 'A' });
    const result = await applyRename({ root: here.root, wish: mapWish([{ from: 'd', to: 'e' }]) }, here);
    expect(result).toMatchObject({ outcome: 'rolled-back', problems: [{ kind: 'cross-device', from: 'd' }] });
    expect(result.problems[0]?.message).toContain('lower layer of an overlay');
    expect(readTree(here.root)).toEqual({ 'd/a': 'A' });
  });
});
