// The folder that a run works on, and the places in it, from the paths of the command line.

import { lstatSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { UsageError } from '@cookbook/lab/command';
import { parentOf, toRaw, within } from '../names/raw-path.ts';
import type { RawPath } from '../names/raw-path.ts';
import { realFolder } from '../run/apply-rename.ts';

export interface Places {
  /** The folder itself where it is the only path, else the deepest folder that holds all of them. */
  readonly root: RawPath;
  /** Relative to `root`; undefined where the whole folder is meant. */
  readonly places: readonly RawPath[] | undefined;
}

/** @throws UsageError where there is nothing at a path */
export function readPlaces(paths: readonly string[]): Places {
  const [only = '.'] = paths;
  if (paths.length === 1 && isFolder(only)) return { root: realFolder(only), places: undefined };
  const found = paths.map(find);
  const folders = found.map((place) => (place.isFolder ? place.path : parentOf(place.path)));
  const root = folders.reduce(commonFolder);
  return {
    root: native(root === '' ? '/' : root),
    places: found.map(({ path }) => path.slice(root.length).replace(/^\//, '')),
  };
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** The true path of a folder, and of a file or link in its true folder, with '/' on every system. */
function find(path: string): { path: RawPath; isFolder: boolean } {
  try {
    if (isFolder(path)) return { path: withSlashes(realFolder(path)), isFolder: true };
    const inside = within(withSlashes(realFolder(dirname(path))), toRaw(basename(path))!);
    // A link that dangles is an entry like any other.
    if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) return { path: inside, isFolder: false };
  } catch (error) {
    throw new UsageError(`Expected a folder or a file, got '${path}': ${(error as Error).message}`);
  }
  throw new UsageError(`Expected a folder or a file, got '${path}': there is none`);
}

function withSlashes(path: RawPath): RawPath {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
}

/** As `realFolder` writes it, so that the runs of the folder are found whichever way it was named. */
function native(folder: RawPath): RawPath {
  return process.platform === 'win32' ? folder.replaceAll('/', '\\').replace(/^[A-Za-z]:$/, '$&\\') : folder;
}

function commonFolder(a: RawPath, b: RawPath): RawPath {
  const others = b.split('/');
  const parts = a.split('/');
  const parting = parts.findIndex((part, depth) => part !== others[depth]);
  const common = (parting === -1 ? parts : parts.slice(0, parting)).join('/');
  return common === '' ? '/' : common;
}
