// A preview refuses what the run would refuse, in the same words, and changes nothing.

import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { applyRename, planRename, previewOf } from '../../src/rename/run/apply-rename.ts';
import type { Request, RunOptions } from '../../src/rename/run/apply-rename.ts';
import { mapWish } from '../../src/rename/wish/map.ts';
import { killed, place, readTree } from './support.ts';

const request = (root: string, ...pairs: readonly (readonly [string, string])[]): Request => ({
  root,
  wish: mapWish(pairs.map(([from, to]) => ({ from, to }))),
});

async function expectAlike(wanted: Request, options: RunOptions): Promise<void> {
  const before = readTree(wanted.root);
  const preview = previewOf(planRename(wanted, options));
  expect(readTree(wanted.root)).toEqual(before);
  expect(preview.outcome).toBe('refused');
  const { outcome, problems } = await applyRename(wanted, options);
  expect({ outcome, problems }).toEqual({ outcome: 'refused', problems: preview.problems });
}

test('a folder with the journals is refused by both', async () => {
  const { root } = place({ a: 'A' });
  const stateFolder = path.join(root, 'state', 'rename');
  mkdirSync(stateFolder, { recursive: true });
  await expectAlike(request(root, ['a', 'b'], ['state', 'other']), { stateFolder });
});

test('a name that may not be removed is refused by both', async () => {
  const here = place({ a: 'A', b: 'B' });
  const fs = killed(() => false);
  const keeping = {
    ...fs,
    expectRemovable() {
      throw Object.assign(new Error('EPERM: operation not permitted'), { code: 'EPERM' });
    },
  };
  await expectAlike(request(here.root, ['a', 'c']), { ...here, fs: keeping });
});

test('while an interrupted run waits to be put back, both say so', async () => {
  const here = place({ a: 'A', b: 'B' });
  let links = 0;
  const fs = killed((call) => call === 'link' && ++links === 2);
  await expect(applyRename(request(here.root, ['a', 'c'], ['b', 'd']), { ...here, fs })).rejects.toThrow('killed');
  const next = request(here.root, ['b', 'e']);
  expect(() => planRename(next, here)).toThrow('--recover puts its files back first');
  expect((await applyRename(next, here)).problems[0]?.message).toContain('--recover puts its files back first');
});

test('with keep-going the preview shows what would be renamed, and what would be left out', async () => {
  const here = place({ a: 'A', b: 'B', x: 'taken' });
  const wanted = request(here.root, ['a', 'x'], ['b', 'y']);
  const preview = previewOf(planRename(wanted, { ...here, keepGoing: true }));
  expect(preview).toMatchObject({ outcome: 'preview', operations: [{ from: 'b', to: 'y' }] });
  expect(preview.problems.map(({ kind, from }) => [kind, from])).toEqual([['target-exists', 'a']]);
  expect(await applyRename(wanted, { ...here, keepGoing: true })).toMatchObject({ outcome: 'partial', renamed: 1 });
});

test('nothing is made for a preview, not even the folder of the journals', () => {
  const here = place({ a: 'A' });
  const stateFolder = path.join(here.stateFolder, 'new');
  expect(planRename(request(here.root, ['a', 'b']), { stateFolder }).possible).toHaveLength(1);
  expect(existsSync(stateFolder)).toBe(false);
});
