// The checks on the disk between the plan and the journal: the last chance to refuse with nothing changed.

import { resolve } from 'node:path';
import { identityOf } from '../disk/file-system.ts';
import type { FileSystem } from '../disk/file-system.ts';
import { parentOf, show } from '../names/raw-path.ts';
import type { RawPath } from '../names/raw-path.ts';
import type { Identified } from '../plan/order-steps.ts';
import type { Operation, Plan } from '../plan/plan.ts';
import { problem, problemOf } from '../plan/problems.ts';
import type { Problem } from '../plan/problems.ts';

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

/** A run must not rename the journal that it rests on, or a folder around it. */
export function stateInside(stateFolder: string, root: RawPath, { operations }: Plan): Problem[] {
  const state = Buffer.from(resolve(stateFolder)).toString('latin1').replaceAll('\\', '/');
  const top = `${root.replaceAll('\\', '/').replace(/\/$/, '')}/`;
  if (!state.startsWith(top)) return [];
  const inside = state.slice(top.length);
  return operations
    .filter(({ from }) => inside === from || inside.startsWith(`${from}/`) || from.startsWith(`${inside}/`))
    .map(({ from, to }) =>
      problem('journal', from, to, `the journals lie in '${show(inside)}': name another --state-dir`),
    );
}

/** Finds out which file each name means now; `links` is whether some are names of one and the same file. */
export function identify(
  fs: FileSystem,
  root: RawPath,
  operations: readonly Operation[],
  problems: Problem[],
): { identified: Identified[]; links: boolean } {
  const identified: Identified[] = [];
  let linked = false;
  for (const { from, to, folder, identity } of operations) {
    const stats = fs.lstat(`${root}/${from}`);
    if (stats === undefined) {
      problems.push(problem('not-found', from, to, 'it is not there any more'));
      continue;
    }
    const found = identityOf(stats);
    if (identity !== undefined && identity !== found) {
      problems.push(problem('changed', from, to, 'it is another file than the one that was renamed'));
    }
    linked ||= !folder && stats.nlink > 1n;
    identified.push({ from, to, folder, identity: found });
  }
  const links = linked && new Set(identified.map(({ identity }) => identity)).size < identified.length;
  return { identified, links };
}
