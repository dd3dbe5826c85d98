// The folders that a run makes before its files, and removes after them.

import type { RawPath } from '../names/raw-path.ts';
import { codeOf } from './file-system.ts';
import type { FileSystem } from './file-system.ts';

/** Those that are there stay as they are. */
export function makeFolders(fs: FileSystem, root: RawPath, folders: readonly RawPath[]): void {
  for (const folder of folders) {
    try {
      fs.makeFolder(`${root}/${folder}`);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
}

/** Folders with something in them stay. */
export function removeFolders(fs: FileSystem, root: RawPath, folders: readonly RawPath[]): void {
  for (const folder of folders.toReversed()) {
    try {
      fs.removeFolder(`${root}/${folder}`);
    } catch (error) {
      if (codeOf(error) === '') throw error;
    }
  }
}
