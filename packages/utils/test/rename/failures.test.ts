// Refusals of the system: permission, space, a second run.

import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { storeFolder } from '../../src/rename/journal/store.ts';
import { applyRename } from '../../src/rename/run/apply-rename.ts';
import type { Result } from '../../src/rename/run/result.ts';
import { history, recover, undo } from '../../src/rename/run/undo.ts';
import { mapWish } from '../../src/rename/wish/map.ts';
import { hooked, place, readTree, systemError } from './support.ts';
import type { Tree } from './support.ts';

const tree: Tree = { a: 'A', b: 'B', c: 'C' };
const prefix = mapWish(['a', 'b', 'c'].map((name) => ({ from: name, to: `x-${name}` })));

describe('a rename that fails half-way puts everything back', () => {
  test.each([
    ['EACCES', 'permission'],
    ['EROFS', 'permission'],
    ['ENOSPC', 'io'],
    ['EXDEV', 'cross-device'],
    ['ENAMETOOLONG', 'name-too-long'],
    ['EBUSY', 'busy'],
  ])('%s is reported as %s', async (code, kind) => {
    const here = place(tree);
    const fs = hooked((call, from) => {
      if ((call === 'link' || call === 'rename') && from.endsWith('/b')) throw systemError(code);
    });
    const result = await applyRename({ root: here.root, wish: prefix }, { ...here, fs });
    expect(result).toMatchObject({ outcome: 'rolled-back', renamed: 0, problems: [{ kind, from: 'b', to: 'x-b' }] });
    expect(readTree(here.root)).toEqual(tree);
    expect(history(here.root, here.stateFolder)).toMatchObject([{ state: 'rolled-back' }]);
  });

  test('where the old name cannot be removed the new one goes again', async () => {
    const here = place(tree);
    const fs = hooked((call, from) => {
      if (call === 'unlink' && from.endsWith('/b')) throw systemError('EPERM');
    });
    const result = await applyRename({ root: here.root, wish: prefix }, { ...here, fs });
    expect(result).toMatchObject({ outcome: 'rolled-back', problems: [{ kind: 'permission' }] });
    expect(readTree(here.root)).toEqual(tree);
  });
});

test('a journal that was not finished being written is no run: nothing was renamed, the next run removes it', async () => {
  const here = place(tree);
  await applyRename({ root: here.root, wish: prefix }, here);
  const store = storeFolder(here.root, here.stateFolder);
  writeFileSync(join(store, '9.journal.new'), 'running');
  expect(history(here.root, here.stateFolder)).toHaveLength(1);
  expect(await recover(here.root, here)).toMatchObject({ outcome: 'ok', renamed: 0 });
  expect((await undo(here.root, undefined, here)).outcome).toBe('ok');
  expect(readTree(here.root)).toEqual(tree);
  expect(readdirSync(store)).not.toContain('9.journal.new');
});

describe('a journal that cannot be kept', () => {
  test.each([
    ['no space for its text', 'write', 'ENOSPC'],
    ['a disk that does not take it', 'sync', 'EIO'],
  ] as const)('(%s) refuses the run before anything is renamed, and leaves no part of it', async (_, failing, code) => {
    const here = place(tree);
    const fs = hooked((call) => {
      if (call === failing) throw systemError(code);
    });
    const result = await applyRename({ root: here.root, wish: prefix }, { ...here, fs });
    expect(result).toMatchObject({ outcome: 'refused', renamed: 0, problems: [{ kind: 'journal' }] });
    expect(readTree(here.root)).toEqual(tree);
    expect(readdirSync(storeFolder(here.root, here.stateFolder))).toEqual(['lock.db']);
  });

  test('a state folder that cannot be made refuses the run', async () => {
    const here = place(tree);
    const stateFolder = `${here.root}/a/state`; // below a file
    const result = await applyRename({ root: here.root, wish: prefix }, { stateFolder });
    expect(result).toMatchObject({ outcome: 'refused', problems: [{ kind: 'journal' }] });
    expect(readTree(here.root)).toEqual(tree);
  });

  test('space that ends while the progress is noted puts everything back', async () => {
    const here = place(tree);
    let writes = 0;
    const fs = hooked((call) => {
      if (call === 'write' && ++writes > 3) throw systemError('ENOSPC');
    });
    const result = await applyRename({ root: here.root, wish: prefix }, { ...here, fs });
    expect(result).toMatchObject({ outcome: 'rolled-back', renamed: 0 });
    expect(readTree(here.root)).toEqual(tree);
  });
});

test('two runs at once exclude each other: the second is refused as busy, and the first goes on', async () => {
  const here = place(tree);
  let second: Promise<Result> | undefined;
  const fs = hooked((call, from) => {
    if (call === 'link' && from.endsWith('/b')) second = applyRename({ root: here.root, wish: prefix }, here);
  });
  const first = applyRename({ root: here.root, wish: prefix }, { ...here, fs });
  expect(await first).toMatchObject({ outcome: 'ok', renamed: 3 });
  expect(await second).toMatchObject({ outcome: 'refused', problems: [{ kind: 'busy' }] });
});

test('an interrupted run is not built upon: the next one is refused until it is recovered', async () => {
  const here = place(tree);
  const stuck = hooked((call) => {
    if (call === 'write' && statesWritten()) throw systemError('ENOSPC');
  });
  let writes = 0;
  const statesWritten = (): boolean => ++writes > 5;
  const first = await applyRename({ root: here.root, wish: prefix }, { ...here, fs: stuck });
  expect(first.warnings.join()).toContain('--recover would put it back');
  const second = { root: here.root, wish: mapWish([{ from: 'x-a', to: 'y' }]) };
  expect(await applyRename(second, here)).toMatchObject({ outcome: 'refused', problems: [{ kind: 'journal' }] });
  expect(await recover(here.root, here)).toMatchObject({ outcome: 'ok', renamed: 3 });
  expect(readTree(here.root)).toEqual(tree);
});
