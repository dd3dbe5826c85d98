// A wish: which files to rename to what, in whatever form it was given.

import type { FileSystem } from '../disk/file-system.ts';
import type { Listing } from '../disk/listing.ts';
import type { RawPath } from '../names/raw-path.ts';
import type { Pair } from '../plan/plan.ts';

/** Chooses the renames: from the names that are there to the pairs that are wished. */
export type Wish = (listing: Listing, fs: FileSystem, root: RawPath) => readonly Pair[];
