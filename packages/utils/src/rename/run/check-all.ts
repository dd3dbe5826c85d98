// The plan of a run, checked on the disk; where that is asked for, without the operations that are refused.

import type { FileSystem } from '../disk/file-system.ts';
import type { Listing } from '../disk/listing.ts';
import { parentOf, show } from '../names/raw-path.ts';
import type { Pair, Plan } from '../plan/plan.ts';
import { problem } from '../plan/problems.ts';
import type { Problem } from '../plan/problems.ts';
import { windowsWarnings } from '../plan/valid-name.ts';
import { validate } from '../plan/validate.ts';
import type { ValidateOptions } from '../plan/validate.ts';
import type { Request } from './apply-rename.ts';
import { identify, unwritable } from './check-disk.ts';
import type { Identities } from './check-disk.ts';
import { guardStores } from './protect-store.ts';

interface CheckOptions {
  readonly fs: FileSystem;
  readonly keepGoing?: boolean;
  readonly edited?: boolean;
}

/**
 * The plan of a request, and the files it means. With `keepGoing` what is refused is left out, and what cannot be renamed
 * without it; the problems of the plan name both.
 *
 * @param folder of the journals of the run
 */
export function checkAll(
  request: Request,
  folder: string,
  listing: Listing,
  { fs, keepGoing = false, edited = false }: CheckOptions,
): Identities & { readonly plan: Plan } {
  const { root, wish } = request;
  const guard = guardStores(fs, folder, root);
  const told: string[] = [];
  const check = (pairs: readonly Pair[]): Identities & { readonly plan: Plan } => {
    const plan = planOf(pairs, request, listing, told);
    const problems = [...plan.problems, ...unwritable(fs, root, plan)];
    const identities = identify(fs, root, plan.operations, problems, { guard, edited });
    return { ...identities, plan: { ...plan, problems } };
  };
  let pairs = wish(listing, fs, root, (warning) => told.push(warning));
  let checked = check(pairs);
  if (!keepGoing) return checked;
  const { operations } = checked.plan;
  const problems: Problem[] = [];
  while (checked.plan.problems.length > 0) {
    for (const wrong of checked.plan.problems) problems.push(wrong);
    const left = withoutRefused(pairs, checked.plan.problems, listing, problems);
    pairs = left.length < pairs.length ? left : []; // a problem of the whole run leaves nothing of it
    checked = check(pairs);
  }
  return { ...checked, plan: { ...checked.plan, operations, problems } };
}

/** The pairs that no problem names, and whose new name is not the old one of a pair that is left out. */
function withoutRefused(
  pairs: readonly Pair[],
  refused: readonly Problem[],
  listing: Listing,
  problems: Problem[],
): Pair[] {
  const sources = new Set(refused.map(({ from }) => from));
  // A problem without a new name may be that of a folder, for all of its entries.
  const folders = new Set(refused.filter(({ to }) => to === '').map(({ from }) => from));
  const isOut = ({ from, to = '' }: Pair): boolean =>
    sources.has(from) || folders.has(parentOf(from)) || folders.has(parentOf(to));
  const out = new Set(pairs.filter(isOut));
  const byTarget = Map.groupBy(pairs, ({ to }) => (to === undefined ? '' : listing.keyOf(to)));
  for (const { from } of out) {
    for (const waiting of byTarget.get(listing.keyOf(from)) ?? []) {
      if (out.has(waiting)) continue;
      out.add(waiting);
      const { from: name, to = '' } = waiting;
      problems.push(problem('target-exists', name, to, 'the file of its new name is not renamed either'));
    }
  }
  return pairs.filter((pair) => !out.has(pair));
}

/** The plan for those pairs, with what the user should know before it. @param told what the wish has warned of */
function planOf(pairs: readonly Pair[], options: ValidateOptions, listing: Listing, told: readonly string[]): Plan {
  const unread = listing.unreadable.map(([path, code]) => `'${show(path)}' cannot be read (${code}): it is left out`);
  const plan = validate(pairs, listing, options);
  return { ...plan, warnings: [...unread, ...told, ...plan.warnings, ...windowsWarnings(plan.operations)] };
}
