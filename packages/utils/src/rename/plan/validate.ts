// From wishes to a plan: every conflict is found in memory, and all of them are reported, before anything is touched.

import type { Listing } from '../disk/listing.ts';
import { NameMap } from '../names/name-map.ts';
import { ancestors, baseOf, fold, parentOf, show } from '../names/raw-path.ts';
import type { RawPath } from '../names/raw-path.ts';
import type { Operation, Pair, Plan } from './plan.ts';
import { problem } from './problems.ts';
import type { Problem } from './problems.ts';
import { nameProblem } from './valid-name.ts';

export interface ValidateOptions {
  /** A new name may lie in another folder; folders that are not there are made. */
  readonly move?: boolean;
  /** Every source was read from the listing, so that it is there, and there once. */
  readonly listed?: boolean;
}

/**
 * Checks all pairs against the listing and against each other. All new names are meant at once, in the folders as they
 * are called before the run.
 */
export function validate(pairs: readonly Pair[], listing: Listing, options: ValidateOptions = {}): Plan {
  const problems: Problem[] = [];
  const sources = options.listed ? pairs : presentOnce(pairs, listing, problems);
  const operations: Operation[] = [];
  for (const pair of sources) {
    const operation = operationOf(pair, listing, options, problems);
    if (operation !== undefined) operations.push(operation);
  }
  const targets = uniqueTargets(operations, listing, problems);
  const chained = freeTargets(operations, listing, problems);
  const folders = missingFolders(operations, listing, targets, problems);
  movedFolders(operations, problems);
  return { operations, problems, warnings: alikeElsewhere(operations), folders, chained };
}

function presentOnce(pairs: readonly Pair[], listing: Listing, problems: Problem[]): Pair[] {
  const seen = new Set<string>();
  return pairs.filter(({ from, to = '' }) => {
    if (from.startsWith('/') || listing.find(from) === undefined) {
      problems.push(problem('not-found', from, to, 'there is no such file in the folder'));
      return false;
    }
    if (seen.has(listing.keyOf(from)))
      problems.push(problem('duplicate-source', from, to, 'the old name is given twice'));
    seen.add(listing.keyOf(from));
    return true;
  });
}

function operationOf(
  pair: Pair,
  listing: Listing,
  { move = false }: ValidateOptions,
  problems: Problem[],
): Operation | undefined {
  const { from, to, identity } = pair;
  if (from === to) return undefined;
  if (to === undefined) {
    problems.push(problem('encoding', from, '', 'the new name is ill-formed text, a surrogate without its pair'));
    return undefined;
  }
  const moves = parentOf(from) !== parentOf(to);
  const wrong = nameProblem(from, to, moves);
  if (wrong !== undefined) problems.push(wrong);
  else if (moves && !move) {
    problems.push(problem('invalid-name', from, to, 'the new name is in another folder, which takes --move'));
  }
  if (pair.folder !== undefined) return pair as Operation; // as it is: a hundred thousand copies are work for the collector
  const folder = listing.find(from)?.kind === 'folder';
  return identity === undefined ? { from, to, folder } : { from, to, folder, identity };
}

function uniqueTargets(operations: readonly Operation[], listing: Listing, problems: Problem[]): NameMap<RawPath> {
  const targets = new NameMap<RawPath>(operations.length);
  for (const { from, to } of operations) {
    if (!targets.add(listing.keyOf(to), from))
      problems.push(problem('duplicate-target', from, to, 'another file gets the same new name'));
  }
  return targets;
}

/** Reports targets that are taken for good; returns whether some are taken by files that move away themselves. */
function freeTargets(operations: readonly Operation[], listing: Listing, problems: Problem[]): boolean {
  let moving: Set<string> | undefined;
  for (const { from, to } of operations) {
    const there = listing.find(to);
    if (there === undefined || there.path === from) continue;
    moving ??= new Set(operations.map((operation) => listing.keyOf(operation.from)));
    if (!moving.has(listing.keyOf(to))) {
      problems.push(problem('target-exists', from, to, 'the new name is taken by a file or folder that stays there'));
    }
  }
  return moving !== undefined;
}

/** Folders that a move needs and that are not there, parents first. */
function missingFolders(
  operations: readonly Operation[],
  listing: Listing,
  targets: NameMap<RawPath>,
  problems: Problem[],
): RawPath[] {
  const missing = new Set<RawPath>();
  let last = '';
  for (const { from, to } of operations) {
    const parent = parentOf(to);
    if (parent === last || parent === parentOf(from)) continue;
    last = parent;
    const parts = parent.split('/');
    for (let depth = 1; depth <= parts.length; depth++) {
      const folder = parts.slice(0, depth).join('/');
      if (listing.isFolder(folder)) continue;
      if (listing.find(folder) !== undefined || targets.has(listing.keyOf(folder))) {
        problems.push(
          problem('target-exists', from, to, `'${show(folder)}' is or becomes something else than a folder`),
        );
        break;
      }
      missing.add(folder);
    }
  }
  return [...missing];
}

/** A folder that changes its own folder takes no part in other operations: which of both comes first would decide. */
function movedFolders(operations: readonly Operation[], problems: Problem[]): void {
  const folders = operations.filter(({ folder }) => folder);
  if (folders.length === 0 || operations.every(({ from, to }) => parentOf(from) === parentOf(to))) return;
  const sources = new Set(folders.map(({ from }) => from));
  for (const { from, to } of operations) {
    const inside = [...ancestors(from), ...ancestors(to)].find((folder) => sources.has(folder));
    if (inside === undefined) continue;
    const what = `it is in, or goes into, '${show(inside)}', which is renamed too: take two runs`;
    problems.push(problem('invalid-name', from, to, what));
  }
}

/** New names that are one name where case, or the two spellings of an accented letter, are ignored. */
function alikeElsewhere(operations: readonly Operation[]): string[] {
  if (!operations.some(({ to }) => /[A-Z\u0080-\uffff]/.test(baseOf(to)))) return [];
  const seen = new Map<string, RawPath>();
  const warnings: string[] = [];
  for (const { to } of operations) {
    const twin = seen.get(fold(to));
    if (twin !== undefined && twin !== to) {
      warnings.push(`'${show(twin)}' and '${show(to)}' are one name on systems that ignore case`);
    }
    seen.set(fold(to), to);
  }
  return warnings;
}
