// Claim      A picture filtered in tiles is, byte for byte, the picture filtered in one piece. N threads and N processes
//            filter it with a potential speedup of more than 1 + 0.5 (N - 1), up to the cores, all copies included.
// Mechanism  A pixel of a filter depends on its neighbours alone, so a tile and its border are all that its own pixels
//            need. Threads read and write shared pixels; to a process a tile is sent, with its border, and sent back.
// Use when   the work on a pixel costs much more than its copy: a blur, not a change of brightness.
// Do not     write such a filter for production: sharp has it in C and uses every core itself. Do not forget the border.
// Run        pnpm tsx packages/processes/src/main.ts image-tiles
//            pnpm tsx packages/processes/src/image-tiles/main.ts --out edges.png

import { now } from '@cookbook/lab/task';
import type { LaneReport } from '@cookbook/lab/task';
import { openThreads } from '@cookbook/threads';
import { openProcesses } from '../cpu-scaling/recipe.ts';
import { handOut } from '../hands.ts';
import type { Hand } from '../hands.ts';
import { BORDER, filterArea } from './filter.ts';
import type { ProcessAnswer, ProcessJob } from './process-task.ts';
import { cut, cutTiles, grow, paste } from './raster.ts';
import type { Area, Raster } from './raster.ts';
import type { ThreadJob } from './thread-task.ts';

/** About a megapixel: tens of milliseconds of work, against less than one for its copy. */
export const TILE_SIDE = 1_024;

/** A thread or a process that filters one tile at a time. */
export interface TileHand extends Hand {
  /** Filters a tile of `source` into `target`. */
  filter(source: Raster, target: Raster, tile: Area): Promise<LaneReport>;
}

/** One thread, one piece: what all others have to be equal to. */
export function filterInline(source: Raster): Raster {
  const { width, height } = source;
  return { pixels: filterArea(source, { x: 0, y: 0, width, height }), width, height };
}

/** A thread for tiles of shared pixels. */
export function threadHand(): TileHand {
  const thread = openThreads<ThreadJob, LaneReport>(new URL('./thread-task.ts', import.meta.url), 1);
  return {
    filter: async (source, target, tile) => (await thread.run([{ source, target, tile }]))[0]!,
    close: () => thread.close(),
  };
}

/** A process for tiles that are copied there and back. JSON would turn each pixel into a number in words. */
export function processHand(): TileHand {
  const task = new URL('./process-task.ts', import.meta.url);
  const child = openProcesses<ProcessJob, ProcessAnswer>(task, 1, 'advanced');
  return {
    async filter(source, target, tile) {
      const around = grow(tile, BORDER, source);
      const job = { piece: cut(source, around), tile: { ...tile, x: tile.x - around.x, y: tile.y - around.y } };
      const [answer] = await child.run([job]);
      paste(answer!.pixels, target, tile);
      return answer!.report;
    },
    close: () => child.close(),
  };
}

/** A picture whose pixels threads may share. */
export function sharedRaster(width: number, height: number): Raster {
  return { pixels: new Uint8Array(new SharedArrayBuffer(width * height)), width, height };
}

export interface Filtered {
  readonly picture: Raster;
  /** From the first tile handed out to the last one back, ms. */
  readonly wall: number;
  /** CPU time of the filters alone, ms. */
  readonly cpu: number;
  /** Share of the hands' time in which they did not filter: pixels were copied, or a hand waited for its next tile. */
  readonly lost: number;
}

/** Filters a picture in tiles, each by the hand that is free. */
export async function filterInTiles(hands: readonly TileHand[], source: Raster, side = TILE_SIDE): Promise<Filtered> {
  const picture = sharedRaster(source.width, source.height);
  const tiles = cutTiles(source, side);
  const start = now();
  const reports = await handOut(hands, tiles.length, (hand, n) => hand.filter(source, picture, tiles[n]!));
  const wall = now() - start;
  const filtering = reports.reduce((sum, { started, ended }) => sum + ended - started, 0);
  const busy = Math.min(hands.length, tiles.length) * wall;
  return {
    picture,
    wall,
    cpu: reports.reduce((sum, { cpu }) => sum + cpu, 0),
    lost: Math.max(0, 1 - filtering / busy),
  };
}
