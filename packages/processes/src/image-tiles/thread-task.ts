// What each thread runs: one tile, read from shared pixels and written to shared pixels. Nothing is copied.

import { probe } from '@cookbook/lab/task';
import type { LaneReport } from '@cookbook/lab/task';
import { filterInto } from './filter.ts';
import type { Area, Raster } from './raster.ts';

export interface ThreadJob {
  /** Both over SharedArrayBuffers: a view of shared memory arrives as a view of the same memory. */
  readonly source: Raster;
  readonly target: Raster;
  readonly tile: Area;
}

export default function task({ source, target, tile }: ThreadJob): LaneReport {
  // Tiles do not overlap, so no two threads write one pixel: no lock is needed.
  return probe(() => filterInto(target, tile, source, tile));
}
