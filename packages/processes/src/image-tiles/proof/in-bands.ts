// A tile in bands, so that a lane notes when it computed: a wait for a core within a piece of it says little.

import { computing } from '@cookbook/lab/task';
import type { Area } from '../raster.ts';

/** Rows of a band: under a millisecond for a tile as wide as the recipe's. Of each the filter blurs two rows more. */
const ROWS = 16;

export function inBands(tile: Area, filter: (band: Area) => void): void {
  const computed = computing();
  for (let row = 0; row < tile.height; row += ROWS) {
    filter({ ...tile, y: tile.y + row, height: Math.min(ROWS, tile.height - row) });
    computed();
  }
}
