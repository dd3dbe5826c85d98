// The plan of a run, with what the user should know before it.

import type { FileSystem } from '../disk/file-system.ts';
import type { Listing } from '../disk/listing.ts';
import { show } from '../names/raw-path.ts';
import type { RawPath } from '../names/raw-path.ts';
import type { Plan } from '../plan/plan.ts';
import { validate } from '../plan/validate.ts';
import type { ValidateOptions } from '../plan/validate.ts';
import { windowsWarnings } from '../plan/valid-name.ts';
import type { Wish } from '../wish/wish.ts';

/** @throws the system's error where the top folder cannot be read */
export function makePlan(
  { root, wish, ...options }: ValidateOptions & { readonly root: RawPath; readonly wish: Wish },
  listing: Listing,
  fs: FileSystem,
): Plan {
  const warnings: string[] = [];
  const pairs = wish(listing, fs, root, (warning) => warnings.push(warning));
  const unread = listing.unreadable.map(([path, code]) => `'${show(path)}' cannot be read (${code}): it is left out`);
  const plan = validate(pairs, listing, options);
  return { ...plan, warnings: [...unread, ...warnings, ...plan.warnings, ...windowsWarnings(plan.operations)] };
}
