// A run must not rename the journals that it, or any other run, rests on, nor what leads to them.

import { lstatSync, readlinkSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { dirname, join, parse, resolve, sep } from 'node:path';
import { codeOf } from '../disk/file-system.ts';
import type { FileSystem } from '../disk/file-system.ts';
import { defaultStateFolder } from '../journal/store.ts';
import { fromPath, parentOf, show, toSystem, within } from '../names/raw-path.ts';
import type { RawPath } from '../names/raw-path.ts';
import type { Operation } from '../plan/plan.ts';
import { problem } from '../plan/problems.ts';
import type { Problem } from '../plan/problems.ts';

/** Links of a path that are followed, as the system does. */
const MOST_LINKS = 40;

/** Looks at one operation, and at what its old name is. */
export type Guard = (operation: Operation, stats: BigIntStats) => Problem | undefined;

/**
 * Finds the operations that would rename a store, what is in it, or a folder or link on the way to it: by device and
 * inode, for a link or a mount gives a folder several paths.
 *
 * @param folder of this run's journals, in the store
 */
export function guardStores(fs: FileSystem, folder: string, root: RawPath): Guard {
  const store = dirname(resolve(folder));
  const ways = [store, defaultStateFolder()].map(entriesTo);
  const onTheWay = new Map(ways.flat().map((entry) => [entry.ino, entry.dev]));
  const ends = ways.flatMap((way) => way.at(-1) ?? []);
  const known = new Map<RawPath, boolean>([['', isInside(root, ends)]]);
  const inStore = (path: RawPath): boolean => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const inside = inStore(parentOf(path)) || isOneOf(ends, fs.lstat(within(root, path)));
    known.set(path, inside);
    return inside;
  };
  return ({ from, to }, { dev, ino }) => {
    const named = onTheWay.get(ino) === dev;
    if (!named && !inStore(parentOf(from)) && !inStore(parentOf(to))) return undefined;
    const what = `the journals lie in '${show(fromPath(store))}', which it would take away or change`;
    return problem('journal', from, to, what);
  };
}

interface Entry {
  readonly dev: bigint;
  readonly ino: bigint;
}

/** Whether a folder is one of these, or lies within one. */
function isInside(folder: RawPath, ends: readonly Entry[]): boolean {
  const top = process.platform === 'win32' ? folder.replaceAll('\\', '/') : folder;
  for (let path = top; ; path = parentOf(path)) {
    if (isOneOf(ends, lookAt(toSystem(path || '/')))) return true;
    if (path === '' || parentOf(path) === path) return false;
  }
}

function isOneOf(entries: readonly Entry[], one: Entry | undefined): boolean {
  return one !== undefined && entries.some(({ dev, ino }) => dev === one.dev && ino === one.ino);
}

/**
 * Every entry on the way to a folder: those of its path, and those to which links of it lead. None where the folder is
 * not there.
 */
function entriesTo(path: string): Entry[] {
  const entries: Entry[] = [];
  let at = parse(path).root;
  let links = 0;
  for (const rest = path.slice(at.length).split(sep); rest.length > 0;) {
    const name = rest.shift()!;
    if (name === '' || name === '.') continue;
    const next = name === '..' ? dirname(at) : join(at, name);
    const stats = lookAt(next);
    if (stats === undefined) return [];
    entries.push(stats);
    if (!stats.isSymbolicLink()) at = next;
    else if (links++ < MOST_LINKS) {
      const target = readlinkSync(next);
      const { root } = parse(target);
      if (root !== '') at = root;
      rest.unshift(...target.slice(root.length).split(sep));
    } else return [];
  }
  return entries;
}

function lookAt(path: string | Buffer): BigIntStats | undefined {
  try {
    return lstatSync(path, { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    if (codeOf(error) === '') throw error;
    return undefined;
  }
}
