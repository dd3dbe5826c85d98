// The plan of a run, with what the user should know before it.

import type { FileSystem } from '../disk/file-system.ts';
import type { Listing } from '../disk/listing.ts';
import { show } from '../names/raw-path.ts';
import type { RawPath } from '../names/raw-path.ts';
import type { Pair, Plan } from '../plan/plan.ts';
import { validate } from '../plan/validate.ts';
import type { ValidateOptions } from '../plan/validate.ts';
import { windowsWarnings } from '../plan/valid-name.ts';
import type { Wish } from '../wish/wish.ts';

/** @throws the system's error where the top folder cannot be read */
export function makePlan(request: PlanRequest, listing: Listing, fs: FileSystem): Plan {
  const warnings: string[] = [];
  const pairs = request.wish(listing, fs, request.root, (warning) => warnings.push(warning));
  return planOf(pairs, request, listing, warnings);
}

export type PlanRequest = ValidateOptions & { readonly root: RawPath; readonly wish: Wish };

/** The plan for those pairs. @param told what the wish has warned of */
export function planOf(
  pairs: readonly Pair[],
  options: ValidateOptions,
  listing: Listing,
  told: readonly string[],
): Plan {
  const unread = listing.unreadable.map(([path, code]) => `'${show(path)}' cannot be read (${code}): it is left out`);
  const plan = validate(pairs, listing, options);
  return { ...plan, warnings: [...unread, ...told, ...plan.warnings, ...windowsWarnings(plan.operations)] };
}
