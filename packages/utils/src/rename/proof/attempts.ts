// Attempts to rename the photos: by a loop, with a check before each rename, and by the renamer of this folder.

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeFileSystem } from '../disk/file-system.ts';
import type { FileSystem } from '../disk/file-system.ts';
import { applyRename, realFolder, sequenceWish, undo } from '../index.ts';
import { FILES, nameOf, NUMBERED } from './photos.ts';
import type { Attempt } from './photos.ts';
import { renameByLoop, renameWithCheck } from './rename-by-loop.ts';

export function byLoop(folder: string): Attempt {
  renameByLoop(folder, nameOf);
  return {};
}

export function withCheck(folder: string): Attempt {
  const other = otherProgram();
  renameWithCheck(folder, (count) => nameOf(NUMBERED + count), other.create);
  return { created: other.count() };
}

/** @throws Error where the renamer does not report success */
export async function withRenamer(folder: string, stateFolder: string): Promise<Attempt> {
  const request = { root: realFolder(folder), wish: sequenceWish('photo-{n}.jpg'), listed: true };
  const { outcome } = await applyRename(request, { stateFolder });
  if (outcome !== 'ok') throw new Error(`Expected the files to be renamed, got '${outcome}'`);
  return {};
}

/** Another program creates a file at a new name just before the renamer takes it. */
export async function withRenamerRaced(folder: string, stateFolder: string): Promise<Attempt> {
  const other = otherProgram();
  const fs: FileSystem = {
    ...nodeFileSystem,
    link(from, to) {
      if (nodeFileSystem.lstat(to) === undefined) other.create(to);
      nodeFileSystem.link(from, to);
    },
  };
  const wish = sequenceWish('photo-{n}.jpg', { start: NUMBERED + FILES });
  await applyRename({ root: realFolder(folder), wish, listed: true }, { stateFolder, fs });
  return { created: other.count() };
}

/** Counts the names that have another content after the undo, or none. */
export async function withRenamerAndUndo(folder: string, stateFolder: string): Promise<Attempt> {
  const before = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  await withRenamer(folder, stateFolder);
  await undo(realFolder(folder), undefined, { stateFolder });
  const kept = ([name, content]: [string, string]): boolean =>
    existsSync(join(folder, name)) && readFileSync(join(folder, name), 'utf8') === content;
  return { changed: [...before].filter((entry) => !kept(entry)).length };
}

/** Another program that creates the file `to` once, as soon as it is called for a name that is free. */
function otherProgram(): { create: (to: string) => void; count: () => number } {
  let created = 0;
  return {
    create(to) {
      if (created > 0) return;
      writeFileSync(to, 'of another program', { flag: 'wx' });
      created = 1;
    },
    count: () => created,
  };
}
