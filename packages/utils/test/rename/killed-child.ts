// A run that is killed by the system before its so-manieth change of names.

import { nodeFileSystem } from '../../src/rename/disk/file-system.ts';
import type { FileSystem } from '../../src/rename/disk/file-system.ts';
import type { Pair } from '../../src/rename/plan/plan.ts';
import { applyRename } from '../../src/rename/run/apply-rename.ts';
import { mapWish } from '../../src/rename/wish/map.ts';
import { patternWish } from '../../src/rename/wish/pattern.ts';

export interface KilledJob {
  readonly root: string;
  readonly stateFolder: string;
  readonly pairs?: readonly Pair[];
  readonly pattern?: readonly [find: string, replace: string];
  /** Changes that are done before the kill: names made or removed, folders too. */
  readonly killAt: number;
}

process.once('message', ({ root, stateFolder, pairs, pattern, killAt }: KilledJob) => {
  let changes = 0;
  const count =
    <A extends readonly unknown[]>(change: (...args: A) => void) =>
    (...args: A): void => {
      const inRoot = String(args[0]).startsWith(`${root}/`); // the journal's own files are not counted
      if (inRoot && changes++ === killAt) process.kill(process.pid, 'SIGKILL');
      change(...args);
    };
  const { link, unlink, rename, makeFolder, removeFolder } = nodeFileSystem;
  const fs: FileSystem = {
    ...nodeFileSystem,
    link: count(link),
    unlink: count(unlink),
    rename: count(rename),
    makeFolder: count(makeFolder),
    removeFolder: count(removeFolder),
  };
  const wish = pattern ? patternWish(...pattern) : mapWish(pairs!);
  void applyRename({ root, wish, move: true }, { stateFolder, fs }).then(() => process.disconnect?.());
});
