// What each process runs: one tile, which came with the border that it needs and goes back without it.

import { probe } from '@cookbook/lab/task';
import type { LaneReport } from '@cookbook/lab/task';
import { filterArea } from './filter.ts';
import type { Area, Raster } from './raster.ts';

export interface ProcessJob {
  readonly piece: Raster;
  /** Where in the piece the tile lies. */
  readonly tile: Area;
}

export interface ProcessAnswer {
  readonly pixels: Uint8Array;
  readonly report: LaneReport;
}

export default function task({ piece, tile }: ProcessJob): ProcessAnswer {
  let pixels: Uint8Array = new Uint8Array();
  const report = probe(() => (pixels = filterArea(piece, tile)));
  return { pixels, report };
}
