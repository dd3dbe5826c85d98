// Links that lead somewhere before a run and nowhere after it.

import { codeOf } from '../disk/file-system.ts';
import type { FileSystem } from '../disk/file-system.ts';
import type { Listing } from '../disk/listing.ts';
import { ancestors, baseOf, parentOf, show, within } from '../names/raw-path.ts';
import type { RawPath } from '../names/raw-path.ts';
import type { Operation } from '../plan/plan.ts';

/**
 * Notes which links of the folders that were read lead somewhere.
 *
 * @returns warnings for those that no longer do, after the operations
 */
export function linksBefore(
  fs: FileSystem,
  root: RawPath,
  listing: Listing,
): (operations: readonly Operation[]) => string[] {
  const live = listing.links().filter((path) => fs.exists(`${root}/${path}`));
  if (live.length === 0) return () => [];
  return (operations) => {
    const names = new Map(operations.map(({ from, to }) => [from, to]));
    return live
      .map((path) => [path, pathAfter(path, names)] as const)
      .filter(([before, after]) => {
        const there = [after, before].find((path) => isThere(fs, `${root}/${path}`));
        return there !== undefined && !fs.exists(`${root}/${there}`);
      })
      .map(([, after]) => `the link '${show(after)}' leads nowhere now: what it names was renamed, or it was moved`);
  };
}

/** What cannot be looked at has no warning: the run is done. */
function isThere(fs: FileSystem, path: RawPath): boolean {
  try {
    return fs.lstat(path) !== undefined;
  } catch (error) {
    if (codeOf(error) === '') throw error;
    return false;
  }
}

/** Where an entry is after the run: its new name, in its folders' new names. */
function pathAfter(path: RawPath, names: ReadonlyMap<RawPath, RawPath>): RawPath {
  const target = names.get(path) ?? path;
  let folder: RawPath = '';
  for (const old of ancestors(target).toReversed()) folder = within(folder, baseOf(names.get(old) ?? old));
  return parentOf(target) === '' ? target : within(folder, baseOf(target));
}
