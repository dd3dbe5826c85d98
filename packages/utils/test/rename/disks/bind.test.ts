// A bind mount gives one folder a second path, and hides that it lies within another.

import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { applyRename } from '../../../src/rename/run/apply-rename.ts';
import { recover } from '../../../src/rename/run/undo.ts';
import { mapWish } from '../../../src/rename/wish/map.ts';
import { killed, place, readTree } from '../support.ts';
import type { Place, Tree } from '../support.ts';

const tree: Tree = { a: 'A', b: 'B', 'sub/c': 'C', 'sub/deep/d': 'D' };
const wish = (...names: string[]): ReturnType<typeof mapWish> =>
  mapWish(names.map((name) => ({ from: name, to: `${name}x` })));

/** Mounts a folder of the tree beside it; undefined where that is not allowed. */
function bound(of: string): (Place & { mounted: string }) | undefined {
  const here = place(tree);
  const mounted = join(dirname(here.root), 'mounted');
  mkdirSync(mounted);
  onTestFinished(() => void spawnSync('umount', [mounted]));
  return spawnSync('mount', ['--bind', join(here.root, of), mounted]).status === 0 ? { ...here, mounted } : undefined;
}

async function interrupted({ root, stateFolder }: Place, ...names: string[]): Promise<void> {
  let links = 0;
  const fs = killed((call) => call === 'link' && ++links === names.length);
  await expect(applyRename({ root, wish: wish(...names) }, { stateFolder, fs })).rejects.toThrow('killed');
}

describe.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)('under a bind mount', () => {
  test('the interrupted run of the folder is found, and put back from there', async ({ skip }) => {
    const here = bound('');
    if (here === undefined) return skip('nothing may be mounted');
    await interrupted(here, 'a', 'b');
    const request = { root: here.mounted, wish: wish('b') };
    expect(await applyRename(request, here)).toMatchObject({ outcome: 'refused', problems: [{ kind: 'journal' }] });
    expect(await recover(here.mounted, here)).toMatchObject({ outcome: 'ok', problems: [] });
    expect(readTree(here.root)).toEqual(tree);
    expect((await applyRename(request, here)).outcome).toBe('ok');
  });

  test.each([
    ['a folder whose names it changed', 'sub', '', 'sub/c'],
    ['a folder within one whose names it changed', 'sub', 'deep', 'sub/c'],
  ])('an interrupted run keeps others out of %s', async (_, of, below, name) => {
    const here = bound(of);
    if (here === undefined) return;
    await interrupted(here, 'a', name);
    const root = join(here.mounted, below);
    const result = await applyRename({ root, wish: wish(below === '' ? 'c' : 'd') }, here);
    expect(result).toMatchObject({ outcome: 'refused', problems: [{ kind: 'journal' }] });
    expect(await recover(here.root, here)).toMatchObject({ outcome: 'ok', problems: [] });
  });
});
