// What each process runs: one tile, which came with the border that it needs and goes back without it.

import { filterArea } from './filter.ts';
import type { Piece } from './recipe.ts';

export default function filterPiece({ picture, tile }: Piece): Uint8Array {
  return filterArea(picture, tile);
}
