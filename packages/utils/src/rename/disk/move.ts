// One rename that never overwrites. `rename` replaces whatever is at the new name, even what came a moment ago; a hard
// link is refused by the system itself where anything is there.

import type { BigIntStats } from 'node:fs';
import { baseOf, fold, parentOf } from '../names/raw-path.ts';
import type { RawPath } from '../names/raw-path.ts';
import { codeOf, diskError, identityOf, isSameFile } from './file-system.ts';
import type { FileSystem } from './file-system.ts';

/**
 * How links are refused: by file systems without them (FAT, some network shares), for files of other owners (Linux with
 * protected_hardlinks), for a file that has as many as there can be, and by a tmpfs that counts each as an inode.
 */
const NO_LINK = new Set('EPERM EACCES ENOTSUP EOPNOTSUPP ENOSYS EMLINK EINVAL EISDIR ENOSPC EDQUOT'.split(' '));

/** The kind of entry that is moved. */
export interface Moved {
  readonly folder: boolean;
  /** Called when the file has its new name, and still its old one where links are possible. */
  readonly named?: (() => void) | undefined;
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
 * @throws the system's error, EEXIST where the new name is taken; then the file has its old name, or, where the error is
 *   `isLeftTwice`, both
 */
export function moveExclusively(fs: FileSystem, from: RawPath, to: RawPath, { folder, named }: Moved): boolean {
  if (folder) {
    renameFolder(fs, from, to, named);
    return true; // what could come in between is a file or a full folder, which the system refuses, or an empty folder
  }
  try {
    fs.link(from, to);
  } catch (error) {
    const respelling = codeOf(error) === 'EEXIST' && isRespelling(fs, from, to);
    if (!respelling && !NO_LINK.has(codeOf(error))) throw error;
    renameIfFree(fs, from, to, named);
    return respelling;
  }
  try {
    named?.();
    fs.unlink(from);
  } catch (error) {
    // Another program removed the old name: the file has its new one.
    if (codeOf(error) === 'ENOENT' && fs.lstat(from) === undefined) return true;
    if (isSame(fs, from, to)) removeNewName(fs, to, error);
    throw error;
  }
  return true;
}

/** Files that have both names now: neither could be removed. */
const leftTwice = new WeakSet<Error>();

/** Whether the move that threw this has left the file with both names. */
export function isLeftTwice(error: unknown): boolean {
  return error instanceof Error && leftTwice.has(error);
}

function removeNewName(fs: FileSystem, to: RawPath, cause: unknown): void {
  try {
    fs.unlink(to);
  } catch (error) {
    if (codeOf(error) === '') throw error;
    const why = 'the old name cannot be removed, nor the new one again: the file has both names now';
    const left = diskError(codeOf(cause) || 'EIO', `${why} (${codeOf(error)})`);
    leftTwice.add(left);
    throw left;
  }
}

function renameIfFree(fs: FileSystem, from: RawPath, to: RawPath, named?: () => void): void {
  if (fs.lstat(to) !== undefined && !isRespelling(fs, from, to)) {
    throw Object.assign(new Error(`EEXIST: file already exists, rename`), { code: 'EEXIST' });
  }
  fs.rename(from, to);
  try {
    named?.();
  } catch (error) {
    if (fs.lstat(from) === undefined) fs.rename(to, from);
    throw error;
  }
}

function renameFolder(fs: FileSystem, from: RawPath, to: RawPath, named?: () => void): void {
  try {
    renameIfFree(fs, from, to, named);
  } catch (error) {
    const [old, parent] = [parentOf(from) || '/', parentOf(to) || '/'];
    if (codeOf(error) !== 'EXDEV' || fs.lstat(old)?.dev !== fs.lstat(parent)?.dev) throw error;
    throw diskError(
      'EXDEV',
      'the folder is in the lower layer of an overlay, as in a container: it can only be copied',
    );
  }
}

/** Whether both paths are one entry of a folder that ignores case: 'readme' to 'README'. */
function isRespelling(fs: FileSystem, from: RawPath, to: RawPath): boolean {
  if (parentOf(from) !== parentOf(to) || fold(from) !== fold(to) || !isSame(fs, from, to)) return false;
  if (fs.lstat(to)?.nlink === 1n) return true;
  const names = fs.list(parentOf(to) || '/'); // where case counts, two hard links of one file look alike up to here
  return !(names.has(baseOf(from)) && names.has(baseOf(to)));
}

function isSame(fs: FileSystem, a: RawPath, b: RawPath): boolean {
  return isSameFile(fs.lstat(a), fs.lstat(b));
}

/**
 * The result of `putBack`: the file was moved back, was never away, was edited or replaced under its new name, or is not
 * there to be moved.
 */
export type PutBack = 'back' | 'never-moved' | 'edited' | 'changed';

/** The step that is put back, and what is known about it. */
export interface PutBackOptions {
  readonly folder: boolean;
  readonly identity: string;
  /** The run was stopped in this step, on a file system where the file may be another one by now. */
  readonly inFlight?: boolean;
  /** A file that was edited or replaced is moved too. */
  readonly edited?: boolean;
  /** For a step from a temporary name: the name of the file before. */
  readonly origin?: RawPath;
}

/**
 * Undoes one move, in whatever state an interrupted run left it, by the identity of the file.
 *
 * @throws the system's error, EEXIST where another file has the old name; then the file keeps its new name
 */
export function putBack(
  fs: FileSystem,
  from: RawPath,
  to: RawPath,
  { folder, identity, inFlight = false, edited = false, origin }: PutBackOptions,
): PutBack {
  const isOurs = (stats: BigIntStats | undefined): boolean => stats !== undefined && identityOf(stats) === identity;
  const [moved, old] = [fs.lstat(to), fs.lstat(from)];
  if (moved === undefined) return old === undefined ? 'changed' : 'never-moved';
  const linked = !folder && isSameFile(moved, old) && (isOurs(moved) || inFlight);
  if (linked && !isRespelling(fs, to, from)) {
    fs.unlink(to); // stopped between link and unlink: the file keeps its old name
    return 'back';
  }
  if (!isOurs(moved)) {
    if (isOurs(old) || (origin !== undefined && isOurs(fs.lstat(origin)))) return 'never-moved';
    if (old !== undefined || moved.isDirectory() !== folder) return 'changed';
    if (!inFlight && !edited) return 'edited';
  }
  moveExclusively(fs, to, from, { folder });
  return 'back';
}
