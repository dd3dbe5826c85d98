// The journals: no run may rename them, or what leads to them, by whatever path.

import { mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { storeFolder } from '../../src/rename/journal/store.ts';
import type { Pair } from '../../src/rename/plan/plan.ts';
import { applyRename, realFolder } from '../../src/rename/run/apply-rename.ts';
import type { Result } from '../../src/rename/run/result.ts';
import { mapWish } from '../../src/rename/wish/map.ts';
import { place, plant, readTree } from './support.ts';
import type { Place } from './support.ts';

const refused = { outcome: 'refused', problems: [{ kind: 'journal' }] };

/** A home folder whose `.local/state` holds the journals. */
function home(): Place {
  const { root } = place({ '.local/share/x': 'X', notes: 'N' });
  return { root, stateFolder: join(root, '.local', 'state') };
}

async function rename(here: Place, root: string, ...pairs: Pair[]): Promise<Result> {
  const result = await applyRename({ root, wish: mapWish(pairs), move: true }, here);
  return result;
}

describe('the folder of the journals', () => {
  test.each([
    ['itself', '.local/state', 'old'],
    ['a folder around it', '.local', 'old'],
  ])('is not renamed: %s', async (_, from, to) => {
    const here = home();
    expect(await rename(here, here.root, { from, to })).toMatchObject(refused);
    expect(await rename(here, here.root, { from: 'notes', to: 'n' })).toMatchObject({ outcome: 'ok' });
    expect(await rename(here, here.root, { from: '.local/share', to: '.local/s' })).toMatchObject({ outcome: 'ok' });
  });

  test('is not renamed where the state folder is named through a link', async () => {
    const here = home();
    const link = join(dirname(here.root), 'link'); // as /home, which leads to /var/home
    symlinkSync(here.root, link);
    const stateFolder = join(link, '.local', 'state');
    const through = { ...here, stateFolder };
    expect(await rename(through, realFolder(link), { from: '.local', to: 'old' })).toMatchObject(refused);
  });

  test('keeps the link that leads to it', async () => {
    const here = home();
    const elsewhere = join(dirname(here.root), 'elsewhere');
    renameSync(join(here.root, '.local'), elsewhere);
    symlinkSync(elsewhere, join(here.root, '.local'));
    expect(await rename(here, here.root, { from: '.local', to: 'old' })).toMatchObject(refused);
    expect(await rename(here, realFolder(dirname(here.root)), { from: 'elsewhere', to: 'x' })).toMatchObject(refused);
  });

  test('keeps its entries, those of other folders too, and takes no new ones', async () => {
    const here = home();
    const other = place({ a: 'A' });
    await rename({ ...other, stateFolder: here.stateFolder }, other.root, { from: 'a', to: 'b' });
    const store = storeFolder(other.root, here.stateFolder);
    const name = store.slice(here.stateFolder.length + 1);
    const journal = Object.keys(readTree(store)).find((one) => one.endsWith('.journal')) ?? '';
    expect(await rename(here, here.stateFolder, { from: name, to: 'x' })).toMatchObject(refused);
    expect(await rename(here, store, { from: journal, to: 'x' })).toMatchObject(refused);
    const inner = `.local/state/${name}/${journal}`;
    expect(await rename(here, here.root, { from: inner, to: 'x' })).toMatchObject(refused);
    expect(await rename(here, here.root, { from: 'notes', to: `.local/state/${name}/n` })).toMatchObject(refused);
  });
});

describe('the user’s own state folder', () => {
  afterEach(() => void vi.unstubAllEnvs());

  test('is kept also from a run that has its journals elsewhere', async () => {
    const here = home();
    vi.stubEnv('XDG_STATE_HOME', here.stateFolder);
    mkdirSync(join(here.stateFolder, 'concurrency-cookbook', 'rename'), { recursive: true });
    plant(here.root, { 'other/a': 'A' });
    const apart = { ...here, stateFolder: join(dirname(here.root), 'apart') };
    expect(await rename(apart, here.root, { from: '.local', to: 'old' })).toMatchObject(refused);
    expect(await rename(apart, here.root, { from: 'other', to: 'o' })).toMatchObject({ outcome: 'ok' });
  });
});
