// A wish: which files to rename to what, in whatever form it was given.

import type { FileSystem } from '../disk/file-system.ts';
import type { Listing } from '../disk/listing.ts';
import type { RawPath } from '../names/raw-path.ts';
import type { Pair } from '../plan/plan.ts';

/**
 * Chooses the renames: from the names that are there to the pairs that are wished.
 *
 * @param warn gets what a user should know beside the pairs, such as a file that keeps its name for a reason
 */
export type Wish = (
  listing: Listing,
  fs: FileSystem,
  root: RawPath,
  warn?: (warning: string) => void,
) => readonly Pair[];
