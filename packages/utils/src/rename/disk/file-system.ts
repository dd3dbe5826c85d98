// The few system calls that the renamer makes, behind one interface: tests put races and failures between them.

import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  ftruncateSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  statfsSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import type { BigIntStats, Dirent } from 'node:fs';
import { NameMap } from '../names/name-map.ts';
import { toSystem } from '../names/raw-path.ts';
import type { RawPath } from '../names/raw-path.ts';

/** `other`: a socket, a pipe, a device. A link is a `link`, whatever it points to. */
export type EntryKind = 'file' | 'link' | 'folder' | 'other';

/** Paths are absolute. Every function throws as `node:fs` does. */
export interface FileSystem {
  list(folder: RawPath): NameMap<EntryKind>;
  /** Of the entry itself, not of what a link points to; undefined where there is none. */
  lstat(path: RawPath): BigIntStats | undefined;
  /** Whether there is anything at the end of a path, links followed. */
  exists(path: RawPath): boolean;
  /** Whether a file of this folder keeps its inode and birth time through links and renames. */
  keepsIdentity(folder: RawPath): boolean;
  /** Fails with EEXIST where there is anything at `to`. */
  link(from: RawPath, to: RawPath): void;
  unlink(path: RawPath): void;
  /** Replaces what is at `to`. */
  rename(from: RawPath, to: RawPath): void;
  makeFolder(path: RawPath): void;
  removeFolder(path: RawPath): void;
  /** Throws where entries of the folder may not be made or removed. */
  expectWritable(folder: RawPath): void;
  /** Throws where the name of a file, not of a folder, may not be removed. Changes nothing. */
  expectRemovable(path: RawPath): void;
  /** `w` makes a file, or empties the one that is there. */
  open(path: RawPath, flags: 'r' | 'r+' | 'w'): number;
  close(file: number): void;
  truncate(file: number, length: number): void;
  write(file: number, bytes: Uint8Array, position: number | null): void;
  sync(file: number): void;
}

/** An inode may be beyond what a number holds exactly. */
const EXACT = { bigint: true, throwIfNoEntry: false } as const;

/** By `statfs` of Linux: ext2 to ext4, tmpfs, XFS, Btrfs, F2FS, ZFS. */
const KEEPING_IDENTITY = new Set([0xef53, 0x01021994, 0x58465342, 0x9123683e, 0xf2f52010, 0x2fc12fc1]);

export const nodeFileSystem: FileSystem = {
  list(folder) {
    const entries = readEntries(folder);
    const kinds = new NameMap<EntryKind>(entries.length);
    for (const entry of entries) kinds.add(entry.name, kindOf(entry));
    return kinds;
  },
  lstat: (path) => lstatSync(toSystem(path), EXACT),
  exists: (path) => existsSync(toSystem(path)),
  // Other systems number their file systems differently; theirs are asked about each file.
  keepsIdentity: (folder) => process.platform === 'linux' && KEEPING_IDENTITY.has(statfsSync(toSystem(folder)).type),
  link: (from, to) => linkSync(toSystem(from), toSystem(to)),
  unlink: (path) => unlinkSync(toSystem(path)),
  rename: (from, to) => renameSync(toSystem(from), toSystem(to)),
  makeFolder: (path) => mkdirSync(toSystem(path)),
  removeFolder: (path) => rmdirSync(toSystem(path)),
  expectWritable: (folder) => accessSync(toSystem(folder), constants.W_OK | constants.X_OK),
  expectRemovable(path) {
    // The system looks at the right to remove the name before it sees that a file is no folder.
    try {
      rmdirSync(toSystem(path));
    } catch (error) {
      if (codeOf(error) === 'EPERM' || codeOf(error) === 'EACCES') throw error;
      return;
    }
    mkdirSync(toSystem(path)); // the file has become an empty folder this very moment: it gets it again
  },
  open: (path, flags) => openSync(toSystem(path), flags, 0o600),
  close: (file) => closeSync(file),
  truncate: (file, length) => ftruncateSync(file, length),
  write(file, bytes, position) {
    for (let done = 0; done < bytes.length;) {
      done += writeSync(file, bytes, done, bytes.length - done, position === null ? null : position + done);
    }
  },
  sync: (file) => fsyncSync(file),
};

function readEntries(folder: RawPath): Dirent[] {
  try {
    return readdirSync(toSystem(folder), { encoding: 'latin1', withFileTypes: true });
  } catch (error) {
    // A file system that does not report types has Node look at each entry, by a name that latin1 has made another one.
    if (!['ENOENT', 'ERR_INVALID_ARG_TYPE'].includes(codeOf(error))) throw error;
    const path = Buffer.from(folder, 'latin1');
    const entries = readdirSync(path, { encoding: 'buffer', withFileTypes: true });
    return entries.map((entry) => Object.assign(entry, { name: entry.name.toString('latin1') }) as unknown as Dirent);
  }
}

function kindOf(entry: Dirent): EntryKind {
  if (entry.isFile()) return 'file';
  if (entry.isSymbolicLink()) return 'link';
  return entry.isDirectory() ? 'folder' : 'other';
}

/** The code of a system error, such as 'EEXIST', or ''. */
export function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException | undefined)?.code ?? '';
}

/** The code of an error of the system, in words of our own. */
export function diskError(code: string, message: string): NodeJS.ErrnoException {
  return Object.assign(new Error(message), { code, worded: true });
}

/** Whether both are one and the same file now, however it was identified before. */
export function isSameFile(a: BigIntStats | undefined, b: BigIntStats | undefined): boolean {
  return a !== undefined && b !== undefined && a.dev === b.dev && identityOf(a) === identityOf(b);
}

/**
 * Distinguishes a file from a later one of the same name: its inode and the nanosecond of its birth, for a freed inode
 * is given to the next new file. Both stay through edits in place, and on most file systems through renames; overlayfs
 * copies a file of a lower layer, and gives it another birth time. Without birth times it is the inode alone.
 */
export function identityOf({ ino, birthtimeNs }: Pick<BigIntStats, 'ino' | 'birthtimeNs'>): string {
  return `${ino}.${birthtimeNs}`;
}
