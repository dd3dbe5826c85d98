// File systems to try the renamer on: that of the temporary folder, tmpfs, and an overlay as containers have it.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import { realFolder } from '../../../src/rename/run/apply-rename.ts';
import { plant } from '../support.ts';
import type { Place, Tree } from '../support.ts';

export interface Disk {
  readonly name: string;
  /** Why it cannot be tried here; undefined where it can. */
  readonly missing: string | undefined;
  /** Folders `0` to `trees.length - 1`, each with a tree and a state folder beside it; gone after the tests of the file. */
  places(trees: readonly Tree[]): Place[];
  /** A place whose tree is as it was before is like a new one. */
  readonly reusable: boolean;
  /** Folders cannot be renamed. */
  readonly foldersStay?: boolean;
}

const SHM = '/dev/shm';
const TMPFS = 0x01021994;

export const temporary: Disk = {
  name: 'the file system of the temporary folder',
  missing: undefined,
  reusable: true,
  places: (trees) => plantAll(newFolder(os.tmpdir()), trees),
};

export const tmpfs: Disk = {
  name: 'tmpfs',
  missing: existsSync(SHM) && statfsSync(SHM).type === TMPFS ? undefined : `${SHM} is no tmpfs here`,
  reusable: true,
  places: (trees) => plantAll(newFolder(SHM), trees),
};

/** The trees are in the lower layer: the first change of a file copies it into the upper one. */
export const overlay: Disk = {
  name: 'overlayfs, files of the lower layer',
  missing: overlayMissing(),
  foldersStay: true,
  reusable: false, // its files are in the upper layer now
  places(trees) {
    const folder = newFolder(layersParent(), unmount);
    plantAll(join(folder, 'lower'), trees);
    mountOverlay(folder);
    return trees.map((_, n) => placeAt(join(folder, 'merged'), n, join(folder, 'state')));
  },
};

export const DISKS: readonly Disk[] = [temporary, tmpfs, overlay];

/** One tree on a disk, for one test. */
export function placeOn(disk: Disk, tree: Tree): Place {
  return disk.places([tree])[0]!;
}

function placeAt(files: string, n: number, states: string): Place {
  return { root: realFolder(join(files, String(n))), stateFolder: join(states, String(n)) };
}

function plantAll(folder: string, trees: readonly Tree[]): Place[] {
  return trees.map((tree, n) => {
    mkdirSync(join(folder, String(n)), { recursive: true });
    const place = placeAt(folder, n, `${folder}-state`);
    plant(place.root, tree);
    return place;
  });
}

function newFolder(parent: string, before: (folder: string) => void = () => {}): string {
  const folder = mkdtempSync(join(parent, 'cookbook-disk-'));
  const clear = (): void => {
    before(folder);
    rmSync(folder, { recursive: true, force: true });
    rmSync(`${folder}-state`, { recursive: true, force: true });
  };
  try {
    onTestFinished(clear);
  } catch {
    afterAll(clear); // outside of a test
  }
  return folder;
}

function mountOverlay(folder: string): string | undefined {
  for (const layer of ['lower', 'upper', 'work', 'merged']) mkdirSync(join(folder, layer), { recursive: true });
  const layers = `lowerdir=${folder}/lower,upperdir=${folder}/upper,workdir=${folder}/work`;
  const { status, stderr } = spawnSync('mount', ['-t', 'overlay', 'overlay', '-o', layers, join(folder, 'merged')]);
  return status === 0 ? undefined : stderr.toString().trim();
}

function unmount(folder: string): void {
  spawnSync('umount', [join(folder, 'merged')]);
}

/** Layers on tmpfs are gone in no time. */
function layersParent(): string {
  return tmpfs.missing === undefined ? SHM : os.tmpdir();
}

function overlayMissing(): string | undefined {
  if (process.platform !== 'linux') return 'overlayfs is of Linux';
  if (process.getuid?.() !== 0) return 'only root may mount an overlay';
  const folder = mkdtempSync(join(layersParent(), 'cookbook-overlay-'));
  try {
    return mountOverlay(folder);
  } finally {
    unmount(folder);
    rmSync(folder, { recursive: true, force: true });
  }
}
