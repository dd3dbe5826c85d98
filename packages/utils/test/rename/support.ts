// Trees of files for tests: made from a description, read back as one, and gone after the test.

import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { nodeFileSystem } from '../../src/rename/disk/file-system.ts';
import type { FileSystem } from '../../src/rename/disk/file-system.ts';
import { fromJsonName, parentOf, toJsonName, toSystem, within } from '../../src/rename/names/raw-path.ts';
import { realFolder } from '../../src/rename/run/apply-rename.ts';

/** Content of a file, a folder, or a link, by its path; a path 'b64:...' is raw bytes. */
export type Tree = Readonly<Record<string, Node>>;
type Node = string | { readonly dir: true } | { readonly symlink: string } | { readonly hardlink: string };

export interface Place {
  readonly root: string;
  readonly stateFolder: string;
}

/** A folder with these files, and a state folder, both removed after the test. */
export function place(tree: Tree = {}): Place {
  const folder = mkdtempSync(join(os.tmpdir(), 'cookbook-rename-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'files'));
  const root = realFolder(join(folder, 'files'));
  plant(root, tree);
  return { root, stateFolder: join(folder, 'state') };
}

export function plant(root: string, tree: Tree): void {
  for (const [key, node] of Object.entries(tree)) {
    const path = fromJsonName(key)!;
    const absolute = toSystem(`${root}/${path}`);
    mkdirSync(toSystem(within(root, parentOf(path))), { recursive: true });
    if (typeof node === 'string') writeFileSync(absolute, node);
    else if ('dir' in node) mkdirSync(absolute, { recursive: true });
    else if ('symlink' in node) symlinkSync(node.symlink, absolute);
    else nodeFileSystem.link(`${root}/${node.hardlink}`, `${root}/${path}`);
  }
}

/** Everything under a folder; a folder is listed where it is empty. */
export function readTree(root: string, folder = ''): Tree {
  const tree: Record<string, Node> = {};
  const names = readdirSync(toSystem(within(root, folder)), { encoding: 'latin1' });
  if (names.length === 0 && folder !== '') tree[toJsonName(folder)] = { dir: true };
  for (const name of names.toSorted()) {
    const path = within(folder, name);
    const absolute = toSystem(`${root}/${path}`);
    const stats = lstatSync(absolute);
    if (stats.isDirectory()) Object.assign(tree, readTree(root, path));
    else if (stats.isSymbolicLink()) tree[toJsonName(path)] = { symlink: readlinkSync(absolute) };
    else tree[toJsonName(path)] = readFileSync(absolute, 'utf8');
  }
  return tree;
}

/** The contents of all files, sorted: what must never get fewer. */
export function contentsOf(tree: Tree): string[] {
  return Object.values(tree)
    .filter((node) => typeof node === 'string')
    .toSorted();
}

export type Call = Exclude<keyof FileSystem, 'lstat' | 'list' | 'exists' | 'keepsIdentity'>;

/** The real file system, with something that happens before each call that changes it: a race, a failure, a kill. */
export function hooked(before: (call: Call, from: string, to: string) => void): FileSystem {
  const real = nodeFileSystem;
  return {
    ...real,
    link: (from, to) => (before('link', from, to), real.link(from, to)),
    unlink: (path) => (before('unlink', path, ''), real.unlink(path)),
    rename: (from, to) => (before('rename', from, to), real.rename(from, to)),
    makeFolder: (path) => (before('makeFolder', path, ''), real.makeFolder(path)),
    removeFolder: (path) => (before('removeFolder', path, ''), real.removeFolder(path)),
    expectWritable: (path) => (before('expectWritable', path, ''), real.expectWritable(path)),
    expectRemovable: (path) => (before('expectRemovable', path, ''), real.expectRemovable(path)),
    open: (path, flags) => (before('open', path, flags), real.open(path, flags)),
    close: (file) => (before('close', '', ''), real.close(file)),
    truncate: (file, length) => (before('truncate', '', ''), real.truncate(file, length)),
    write: (file, bytes, position) => (before('write', '', ''), real.write(file, bytes, position)),
    sync: (file) => (before('sync', '', ''), real.sync(file)),
  };
}

/**
 * A file system that dies with its process: from the call for which `when` says so on, every call that changes anything
 * throws and does nothing, whatever the renamer does about it.
 */
export function killed(when: (call: Call, from: string, to: string) => boolean): FileSystem {
  let dead = false;
  const fs = hooked((call, from, to) => {
    dead ||= when(call, from, to);
    if (dead) throw new Error('killed');
  });
  return { ...fs, close: (file) => nodeFileSystem.close(file) }; // as the system does for a process that ends
}

/** An error of the system, as `node:fs` throws it. */
export function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: injected`), { code });
}
