// The checks on the disk between the plan and the journal: the last chance to refuse with nothing changed.

import type { BigIntStats } from 'node:fs';
import { identityOf } from '../disk/file-system.ts';
import type { FileSystem } from '../disk/file-system.ts';
import { parentOf } from '../names/raw-path.ts';
import type { RawPath } from '../names/raw-path.ts';
import type { Identified } from '../plan/order-steps.ts';
import type { Operation, Plan } from '../plan/plan.ts';
import { problem, problemOf } from '../plan/problems.ts';
import type { Problem } from '../plan/problems.ts';
import type { Guard } from './protect-store.ts';

/** Folders in which this process may not rename. */
export function unwritable(fs: FileSystem, root: RawPath, { operations, folders }: Plan): Problem[] {
  const parents = new Set<RawPath>();
  for (const { from, to } of operations) parents.add(parentOf(from)).add(parentOf(to));
  for (const made of folders) parents.delete(made);
  return [...parents].flatMap((parent) => {
    try {
      fs.expectWritable(`${root}/${parent}`);
      return [];
    } catch (error) {
      return [problemOf(error, parent, '')];
    }
  });
}

export interface Identities {
  readonly identified: Identified[];
  /** Whether some names are those of one and the same file. */
  readonly links: boolean;
  /** Whether a file may be another one to its file system once it is renamed. */
  readonly unsteady: boolean;
}

export interface IdentifyOptions {
  readonly guard: Guard;
  /** A file that is another one than the one that was renamed is taken as it is. */
  readonly edited?: boolean;
}

/** Finds out which file each name means now, and whether its name may be removed. */
export function identify(
  fs: FileSystem,
  root: RawPath,
  operations: readonly Operation[],
  problems: Problem[],
  { guard, edited = false }: IdentifyOptions,
): Identities {
  const identified: Identified[] = [];
  const mayRemove = removal(fs, root);
  const device = fs.lstat(root)?.dev;
  const closed = new Set(problems.filter(({ to }) => to === '').map(({ from }) => from)); // reported as a whole
  let [linked, mounted] = [false, false];
  for (const operation of operations) {
    const { from, to, folder, identity } = operation;
    const stats = fs.lstat(`${root}/${from}`);
    if (stats === undefined) {
      problems.push(problem('not-found', from, to, 'it is not there any more'));
      continue;
    }
    const found = identityOf(stats);
    if (identity !== undefined && identity !== found) {
      if (stats.isDirectory() !== folder) {
        problems.push(problem('changed', from, to, 'it is another file than the one that was renamed'));
      } else if (!edited) problems.push(problem('edited', from, to, EDITED));
    }
    const guarded = guard(operation, stats);
    if (guarded !== undefined) problems.push(guarded);
    if (!folder) {
      const kept = !closed.has(parentOf(from)) && mayRemove(from, stats) !== undefined;
      if (kept) problems.push(problem('permission', from, to, KEPT_NAME));
      linked ||= stats.nlink > 1n;
    }
    mounted ||= stats.dev !== device;
    identified.push({ from, to, folder, identity: found });
  }
  const links = linked && new Set(identified.map(({ identity }) => identity)).size < identified.length;
  return { identified, links, unsteady: mounted || !fs.keepsIdentity(root) };
}

const EDITED = 'it was edited or replaced since: another file has its name; --edited takes it back as it is';
const KEPT_NAME = 'its old name may not be removed: the folder is sticky and the file of another user, or append-only';

/**
 * Looks whether the name of a file may be removed: of every file of another user where the folder is sticky, and
 * otherwise of one in each folder.
 *
 * @returns for a file the error that its removal would have, where it would have one
 */
function removal(fs: FileSystem, root: RawPath): (path: RawPath, stats: BigIntStats) => unknown {
  const user = process.geteuid?.();
  if (user === undefined) return () => undefined; // Windows
  /** Owners whose files need no look. */
  const known = new Map<RawPath, 'any' | bigint>();
  let last: { parent: RawPath; owners: 'any' | bigint } | undefined;
  return (path, { uid }) => {
    const parent = parentOf(path);
    if (last?.parent !== parent) {
      const owners = known.get(parent);
      last = owners === undefined ? undefined : { parent, owners };
    }
    if (last !== undefined && (last.owners === 'any' || last.owners === uid)) return undefined;
    try {
      fs.expectRemovable(`${root}/${path}`);
    } catch (error) {
      return error;
    }
    const sticky = ((fs.lstat(`${root}/${parent}`)?.mode ?? 0n) & 0o1000n) !== 0n;
    last = { parent, owners: sticky ? BigInt(user) : 'any' };
    known.set(parent, last.owners);
    return undefined;
  };
}
