// One rename that never overwrites. `rename` replaces whatever is at the new name, even what came a moment ago; a hard
// link is refused by the system itself where anything is there.

import { baseOf, fold, parentOf } from '../names/raw-path.ts';
import type { RawPath } from '../names/raw-path.ts';
import { codeOf, identityOf } from './file-system.ts';
import type { FileSystem } from './file-system.ts';

/**
 * How links are refused: by file systems without them (FAT, some network shares), for files of other owners (Linux with
 * protected_hardlinks), and for a file that has as many as there can be.
 */
const NO_LINK = new Set(['EPERM', 'EACCES', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL', 'EISDIR']);

/** The kind of entry that is moved. */
export interface Moved {
  readonly folder: boolean;
}

/**
 * Moves a file, link or folder to a name that nothing has.
 *
 * Between the link and the unlink, some microseconds, the file has both names; what another program puts at the old name
 * in that moment is not protected.
 *
 * @param from, to absolute paths
 * @returns whether the system itself kept the new name safe from other programs; for a folder, or a file without links, the
 *   new name is checked before the rename
 * @throws the system's error, EEXIST where the new name is taken; then the file has its old name
 */
export function moveExclusively(fs: FileSystem, from: RawPath, to: RawPath, { folder }: Moved): boolean {
  if (folder) {
    renameIfFree(fs, from, to);
    return true; // what could come in between is a file or a full folder, which the system refuses, or an empty folder
  }
  try {
    fs.link(from, to);
  } catch (error) {
    const respelling = codeOf(error) === 'EEXIST' && isRespelling(fs, from, to);
    if (!respelling && !NO_LINK.has(codeOf(error))) throw error;
    renameIfFree(fs, from, to);
    return respelling;
  }
  try {
    fs.unlink(from);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return true; // another program removed the old name: the file has its new one
    if (isSame(fs, from, to)) fs.unlink(to);
    throw error;
  }
  return true;
}

function renameIfFree(fs: FileSystem, from: RawPath, to: RawPath): void {
  if (fs.lstat(to) !== undefined && !isRespelling(fs, from, to)) {
    throw Object.assign(new Error(`EEXIST: file already exists, rename`), { code: 'EEXIST' });
  }
  fs.rename(from, to);
}

/** Whether both paths are one entry of a folder that ignores case: 'readme' to 'README'. */
function isRespelling(fs: FileSystem, from: RawPath, to: RawPath): boolean {
  if (parentOf(from) !== parentOf(to) || fold(from) !== fold(to) || !isSame(fs, from, to)) return false;
  if (fs.lstat(to)?.nlink === 1n) return true;
  const names = fs.list(parentOf(to) || '/'); // where case counts, two hard links of one file look alike up to here
  return !(names.has(baseOf(from)) && names.has(baseOf(to)));
}

function isSame(fs: FileSystem, a: RawPath, b: RawPath): boolean {
  const [first, second] = [fs.lstat(a), fs.lstat(b)];
  return first !== undefined && second !== undefined && identityOf(first) === identityOf(second);
}

/** The result of `putBack`: the file was moved back, was never away, or is not there to be moved. */
export type PutBack = 'back' | 'never-moved' | 'changed';

/**
 * Undoes one move, in whatever state an interrupted run left it, by the identity of the file.
 *
 * @throws the system's error, EEXIST where another file has the old name; then the file keeps its new name
 */
export function putBack(
  fs: FileSystem,
  from: RawPath,
  to: RawPath,
  { folder, identity }: Moved & { readonly identity: string },
): PutBack {
  const has = (path: RawPath): boolean => {
    const stats = fs.lstat(path);
    return stats !== undefined && identityOf(stats) === identity;
  };
  if (!has(to)) return has(from) ? 'never-moved' : 'changed';
  if (!folder && has(from) && !isRespelling(fs, to, from)) {
    fs.unlink(to); // stopped between link and unlink: the file keeps its old name
    return 'back';
  }
  moveExclusively(fs, to, from, { folder });
  return 'back';
}
