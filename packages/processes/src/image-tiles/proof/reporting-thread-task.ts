// The task of a thread, with a report of what it took.

import { probe } from '@cookbook/lab/task';
import type { LaneReport } from '@cookbook/lab/task';
import type { SharedTile } from '../recipe.ts';
import filterTile from '../thread-task.ts';
import { inBands } from './in-bands.ts';

export default function filterAndReport(tile: SharedTile): LaneReport {
  return probe(() => inBands(tile.tile, (band) => filterTile({ ...tile, tile: band })));
}
