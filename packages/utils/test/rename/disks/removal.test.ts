// Folders in which a name may be made and not removed: the link would stay.

import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { applyRename } from '../../../src/rename/run/apply-rename.ts';
import { mapWish } from '../../../src/rename/wish/map.ts';
import { hooked, place, readTree, systemError } from '../support.ts';
import type { Place, Tree } from '../support.ts';

const tree: Tree = { a: 'A', b: 'B' };
const prefix = mapWish(['a', 'b'].map((name) => ({ from: name, to: `x-${name}` })));

test('an old name that cannot be removed, nor the new one again: the result names what is left', async () => {
  const here = place(tree);
  const fs = hooked((call, from) => {
    if (call === 'unlink' && from.endsWith('b')) throw systemError('EPERM');
  });
  const result = await applyRename({ root: here.root, wish: prefix }, { ...here, fs });
  expect(result).toMatchObject({ outcome: 'partial', renamed: 0, problems: [{ kind: 'permission', from: 'b' }] });
  expect(result.problems[0]?.message).toContain('has both names now');
  expect(readTree(here.root)).toEqual({ ...tree, 'x-b': 'B' });
});

// Attributes of files and other users take root.
describe.skipIf(process.getuid?.() !== 0 || process.platform !== 'linux')('before anything is changed', () => {
  function appendOnly(): Place | undefined {
    const here = place(tree);
    onTestFinished(() => void spawnSync('chattr', ['-a', here.root]));
    return spawnSync('chattr', ['+a', here.root]).status === 0 ? here : undefined;
  }

  test('an append-only folder refuses the run', async ({ skip }) => {
    const here = appendOnly();
    if (here === undefined) return skip('no append-only folders on this file system');
    const result = await applyRename({ root: here.root, wish: prefix }, here);
    expect(result).toMatchObject({ outcome: 'refused', problems: [{ kind: 'permission' }, { kind: 'permission' }] });
    expect(readdirSync(here.root)).toEqual(['a', 'b']);
  });

  test('a file of another user in a sticky folder refuses the run, or is left out with keep-going', async () => {
    const here = place(tree);
    const nobody = 65_534;
    chmodSync(dirname(here.root), 0o755);
    chmodSync(here.root, 0o1777);
    chownSync(`${here.root}/a`, nobody, nobody);
    mkdirSync(here.stateFolder);
    chownSync(here.stateFolder, nobody, nobody);
    process.seteuid!(nobody);
    onTestFinished(() => process.seteuid!(0));
    const refused = await applyRename({ root: here.root, wish: prefix }, here);
    expect(refused).toMatchObject({ outcome: 'refused', problems: [{ kind: 'permission', from: 'b' }] });
    expect(readTree(here.root)).toEqual(tree);
    const partial = await applyRename({ root: here.root, wish: prefix }, { ...here, keepGoing: true });
    expect(partial).toMatchObject({ outcome: 'partial', renamed: 1, problems: [{ kind: 'permission', from: 'b' }] });
    expect(readTree(here.root)).toEqual({ 'x-a': 'A', b: 'B' });
  });
});
