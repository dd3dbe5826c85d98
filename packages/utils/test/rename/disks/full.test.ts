// A tmpfs that has no inode left takes no link, and renames all the same.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { applyRename, realFolder } from '../../../src/rename/run/apply-rename.ts';
import { undo } from '../../../src/rename/run/undo.ts';
import { mapWish } from '../../../src/rename/wish/map.ts';
import { hooked, place, readTree, systemError } from '../support.ts';

const pairs = ['a', 'b'].map((name) => ({ from: name, to: `x${name}` }));

test('where a link finds no space the file is renamed, and the result warns that the new name was only checked', async () => {
  const here = place({ a: 'A', b: 'B' });
  const fs = hooked((call) => {
    if (call === 'link') throw systemError('ENOSPC');
  });
  const result = await applyRename({ root: here.root, wish: mapWish(pairs) }, { ...here, fs });
  expect(result).toMatchObject({ outcome: 'ok', renamed: 2, unguarded: 2 });
  expect(readTree(here.root)).toEqual({ xa: 'A', xb: 'B' });
});

test.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)(
  'a tmpfs without a free inode is renamed in, and back',
  async ({ skip }) => {
    const folder = mkdtempSync(join(os.tmpdir(), 'cookbook-full-'));
    const [root, stateFolder] = [join(folder, 'files'), join(folder, 'state')];
    mkdirSync(root);
    onTestFinished(() => {
      spawnSync('umount', [root]);
      rmSync(folder, { recursive: true, force: true });
    });
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'nr_inodes=3', 'tmpfs', root]).status !== 0) {
      return skip('no tmpfs may be mounted');
    }
    for (const name of ['a', 'b']) writeFileSync(join(root, name), '');
    const request = { root: realFolder(root), wish: mapWish(pairs) };
    expect(await applyRename(request, { stateFolder })).toMatchObject({ outcome: 'ok', renamed: 2 });
    expect(await undo(realFolder(root), undefined, { stateFolder })).toMatchObject({ outcome: 'ok', renamed: 2 });
    expect(Object.keys(readTree(root))).toEqual(['a', 'b']);
  },
);
