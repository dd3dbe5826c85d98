// In which order the renames are safe: nothing is ever renamed to a name that is still taken. O(n).

import type { Listing } from '../disk/listing.ts';
import { parentOf, within } from '../names/raw-path.ts';
import type { RawPath } from '../names/raw-path.ts';
import type { Operation, Plan, Step } from './plan.ts';

/** An operation of which it is known what it moves. */
export type Identified = Operation & { readonly identity: string };

/**
 * The steps of a plan: what is in a folder before the folder, each chain from its free end, each cycle through one
 * temporary name.
 *
 * @param temporaryName names for cycles, each a new one, that nothing bears
 */
export function orderSteps(
  operations: readonly Identified[],
  { chained }: Pick<Plan, 'chained'>,
  listing: Pick<Listing, 'keyOf'>,
  temporaryName: () => RawPath,
): Step[] {
  const steps: Step[] = [];
  for (const group of groups(operations)) {
    if (chained) orderChains(group, listing, temporaryName, steps);
    else for (const operation of group) steps.push(stepOf(operation, steps.length));
  }
  return steps;
}

/** Without folders, or where something changes its folder, one group. Otherwise a group for each folder, deepest first. */
function groups(operations: readonly Identified[]): (readonly Identified[])[] {
  const simple = !operations.some(({ folder }) => folder);
  if (simple || operations.some(({ from, to }) => parentOf(from) !== parentOf(to))) return [operations];
  const byParent = Map.groupBy(operations, ({ from }) => parentOf(from));
  return [...byParent].toSorted(([a], [b]) => depth(b) - depth(a)).map(([, group]) => group);
}

function depth(folder: RawPath): number {
  return folder === '' ? 0 : folder.split('/').length;
}

/** Targets are unique, so each operation waits for one other at most and is waited for by one at most. */
function orderChains(
  group: readonly Identified[],
  listing: Pick<Listing, 'keyOf'>,
  temporaryName: () => RawPath,
  steps: Step[],
): void {
  const bySource = new Map(group.map((operation) => [listing.keyOf(operation.from), operation]));
  const ordered = new Set<Operation>();
  for (const first of group) {
    if (ordered.has(first)) continue;
    const unit = steps.length;
    const chain: Identified[] = [];
    let next: Identified | undefined = first;
    while (next !== undefined && !ordered.has(next)) {
      ordered.add(next);
      chain.push(next);
      next = bySource.get(listing.keyOf(next.to));
    }
    // A chain that comes back to its own beginning is a cycle, unless it is one file that changes its spelling.
    const cycle = next === first && chain.length > 1;
    const temporary = cycle ? within(parentOf(first.from), temporaryName()) : '';
    if (cycle) steps.push({ ...stepOf(first, unit), to: temporary, temporary: 'to' });
    for (let last = chain.length - 1; last >= (cycle ? 1 : 0); last--) steps.push(stepOf(chain[last]!, unit));
    if (cycle) steps.push({ ...stepOf(first, unit), from: temporary, temporary: 'from' });
  }
}

function stepOf({ from, to, folder, identity }: Identified, unit: number): Step {
  return { from, to, folder, identity, unit };
}
