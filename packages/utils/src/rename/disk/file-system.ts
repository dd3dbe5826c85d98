// The few system calls that the renamer makes, behind one interface: tests put races and failures between them.

import {
  accessSync,
  constants,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import type { BigIntStats, Dirent } from 'node:fs';
import { NameMap } from '../names/name-map.ts';
import { toSystem } from '../names/raw-path.ts';
import type { RawPath } from '../names/raw-path.ts';

/** `other`: a socket, a pipe, a device. A link is a file here, whatever it points to. */
export type EntryKind = 'file' | 'folder' | 'other';

/** Paths are absolute. Every function throws as `node:fs` does. */
export interface FileSystem {
  list(folder: RawPath): NameMap<EntryKind>;
  /** Of the entry itself, not of what a link points to; undefined where there is none. */
  lstat(path: RawPath): BigIntStats | undefined;
  /** Fails with EEXIST where there is anything at `to`. */
  link(from: RawPath, to: RawPath): void;
  unlink(path: RawPath): void;
  /** Replaces what is at `to`. */
  rename(from: RawPath, to: RawPath): void;
  makeFolder(path: RawPath): void;
  removeFolder(path: RawPath): void;
  /** Throws where entries of the folder may not be made or removed. */
  expectWritable(folder: RawPath): void;
  write(file: number, bytes: Uint8Array, position: number | null): void;
  sync(file: number): void;
}

/** An inode may be beyond what a number holds exactly. */
const EXACT = { bigint: true, throwIfNoEntry: false } as const;

export const nodeFileSystem: FileSystem = {
  list(folder) {
    const entries = readEntries(folder);
    const kinds = new NameMap<EntryKind>(entries.length);
    for (const entry of entries) kinds.add(entry.name, kindOf(entry));
    return kinds;
  },
  lstat: (path) => lstatSync(toSystem(path), EXACT),
  link: (from, to) => linkSync(toSystem(from), toSystem(to)),
  unlink: (path) => unlinkSync(toSystem(path)),
  rename: (from, to) => renameSync(toSystem(from), toSystem(to)),
  makeFolder: (path) => mkdirSync(toSystem(path)),
  removeFolder: (path) => rmdirSync(toSystem(path)),
  expectWritable: (folder) => accessSync(toSystem(folder), constants.W_OK | constants.X_OK),
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
  if (entry.isFile() || entry.isSymbolicLink()) return 'file';
  return entry.isDirectory() ? 'folder' : 'other';
}

/** The code of a system error, such as 'EEXIST', or ''. */
export function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException | undefined)?.code ?? '';
}

/**
 * Distinguishes a file from a later one of the same name: its inode and the nanosecond of its birth, for a freed inode
 * is given to the next new file. Both stay through renames and edits. Without birth times it is the inode alone.
 */
export function identityOf({ ino, birthtimeNs }: Pick<BigIntStats, 'ino' | 'birthtimeNs'>): string {
  return `${ino}.${birthtimeNs}`;
}
