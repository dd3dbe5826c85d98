// File systems to try the renamer on: that of the temporary folder, tmpfs, and an overlay as containers have it.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import { realFolder } from '../../../src/rename/run/apply-rename.ts';
import { plant } from '../support.ts';
import type { Place, Tree } from '../support.ts';
import { layersParent, mountOverlay, overlayMissing, SHM, tmpfsMissing, unmount } from './mount.ts';

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

export const temporary: Disk = {
  name: 'the file system of the temporary folder',
  missing: undefined,
  reusable: true,
  places: (trees) => plantAll(newFolder(os.tmpdir()), trees),
};

export const tmpfs: Disk = {
  name: 'tmpfs',
  missing: tmpfsMissing(),
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
