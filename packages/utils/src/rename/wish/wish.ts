// What a wish is, whichever way it is given.

import type { FileSystem } from '../disk/file-system.ts';
import type { Listing } from '../disk/listing.ts';
import type { RawPath } from '../names/raw-path.ts';
import type { Pair } from '../plan/plan.ts';

/** What to rename: from the names that are there to the pairs that are wished. */
export type Wish = (listing: Listing, fs: FileSystem, root: RawPath) => readonly Pair[];
