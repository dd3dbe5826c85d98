// Claim      A picture filtered in tiles is, byte for byte, the picture filtered in one piece; N processes or threads do it
//            more than 1 + 0.5 (N - 1) times as fast.
// Mechanism  A pixel depends on its neighbours alone: tile and border suffice.
// Use when   work on a pixel costs much more than its copy.
// Do not     forget the border, nor write what sharp has.
// Copy       recipe.ts, filter.ts, process-task.ts, raster.ts, thread-task.ts, ../cpu-scaling/batch.ts,
//            ../cpu-scaling/child.ts, ../cpu-scaling/place.ts, ../cpu-scaling/recipe.ts, ../same-interface/errors.ts;
//            Node 22 or newer
// Run        pnpm tsx packages/processes/src/main.ts image-tiles
//            pnpm tsx packages/processes/src/image-tiles/proof/command/main.ts --out edges.png

import { openProcesses } from '../cpu-scaling/recipe.ts';
import type { Processes } from '../cpu-scaling/recipe.ts';
import { BORDER, filterArea } from './filter.ts';
import { cut, cutTiles, grow, paste, sharedRaster } from './raster.ts';
import type { Area, Raster } from './raster.ts';

/** About a megapixel: tens of milliseconds of work, against less than one for its copy. */
export const TILE_SIDE = 1_024;

/** A tile with its border: what is sent to a process. */
export interface Piece {
  readonly picture: Raster;
  /** Where in the piece the tile lies. */
  readonly tile: Area;
}

/** A tile of pixels that threads share: nothing is copied. */
export interface SharedTile {
  readonly source: Raster;
  readonly target: Raster;
  readonly tile: Area;
}

/** What a thread runs for a `SharedTile`. */
export const THREAD_TASK: URL = new URL('./thread-task.ts', import.meta.url);

/** Processes for `filterByProcesses`. JSON would write each pixel as a decimal number. */
export function openTileProcesses(count: number): Processes<Piece, Uint8Array> {
  return openProcesses(new URL('./process-task.ts', import.meta.url), count, 'advanced');
}

/** In one piece on this thread: what the tiles have to be equal to. */
export function filterAlone(source: Raster): Raster {
  const { width, height } = source;
  return { pixels: filterArea(source, { x: 0, y: 0, width, height }), width, height };
}

/** In tiles of `side` x `side` pixels, each sent to a process with its border and sent back without it. */
export async function filterByProcesses(
  processes: Pick<Processes<Piece, Uint8Array>, 'run'>,
  source: Raster,
  side = TILE_SIDE,
): Promise<Raster> {
  const tiles = cutTiles(source, side);
  const filtered = await processes.run(tiles.map((tile) => pieceOf(source, tile)));
  const picture = sharedRaster(source.width, source.height);
  for (const [n, tile] of tiles.entries()) paste(filtered[n]!, picture, tile);
  return picture;
}

/** In tiles by threads that run `THREAD_TASK`. The source's pixels have to be shared: see `sharedRaster`. */
export async function filterByThreads(
  threads: { run(tiles: readonly SharedTile[]): Promise<unknown> },
  source: Raster,
  side = TILE_SIDE,
): Promise<Raster> {
  const target = sharedRaster(source.width, source.height);
  await threads.run(cutTiles(source, side).map((tile) => ({ source, target, tile })));
  return target;
}

/** A copy of the tile with the border that its filter needs. */
export function pieceOf(source: Raster, tile: Area): Piece {
  const around = grow(tile, BORDER, source);
  return { picture: cut(source, around), tile: { ...tile, x: tile.x - around.x, y: tile.y - around.y } };
}
