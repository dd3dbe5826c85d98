// What each thread runs: one tile, read from shared pixels and written to shared pixels. Nothing is copied.

import { filterInto } from './filter.ts';
import type { SharedTile } from './recipe.ts';

export default function filterTile({ source, target, tile }: SharedTile): void {
  // Tiles do not overlap, so no two threads write one pixel: no lock is needed.
  filterInto(target, tile, source, tile);
}
