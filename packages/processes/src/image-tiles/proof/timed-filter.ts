// The recipe by threads and by processes, with what it took.

import type { Lanes } from '@cookbook/lab/speedup';
import { now } from '@cookbook/lab/task';
import type { LaneReport } from '@cookbook/lab/task';
import { openThreads } from '@cookbook/threads';
import { openProcesses } from '../../cpu-scaling/recipe.ts';
import { answerLanes } from '../../proof/answer-times.ts';
import { cutTiles, paste, sharedRaster } from '../raster.ts';
import type { Area, Raster } from '../raster.ts';
import { filterByProcesses, filterByThreads, pieceOf, TILE_SIDE } from '../recipe.ts';
import type { Piece, SharedTile } from '../recipe.ts';
import type { ReportedPixels } from './reporting-process-task.ts';

export type Mechanism = 'threads' | 'processes';

interface Filtered {
  readonly picture: Raster;
  /** From the call until the picture is whole, ms. */
  readonly wall: number;
  /** Of the filters alone, one of each tile. */
  readonly reports: readonly LaneReport[];
  /** CPU time of the filters alone, ms. */
  readonly cpu: number;
  /** Share of the lanes' time in which they did not filter: pixels were copied, or a lane waited for its next tile. */
  readonly outside: number;
  /** The most tiles that were in work at the same time. */
  readonly atOnce: number;
}

export interface TimedFilter {
  filter(source: Raster, side?: number): Promise<Filtered>;
  close(): Promise<void>;
}

const openReportingThreads = (count: number) =>
  openThreads<SharedTile, LaneReport>(new URL('./reporting-thread-task.ts', import.meta.url), count);
const openReportingProcesses = (count: number) =>
  openProcesses<Piece, ReportedPixels>(new URL('./reporting-process-task.ts', import.meta.url), count, 'advanced');

/** Opens `count` threads or processes for the recipe. */
export function openTimedFilter(mechanism: Mechanism, count: number): TimedFilter {
  const recipe = mechanism === 'threads' ? openThreadFilter(count) : openProcessFilter(count);
  return {
    close: () => recipe.close(),
    async filter(source, side = TILE_SIDE) {
      const start = now();
      const { picture, reports } = await recipe.filter(source, side);
      const wall = now() - start;
      const filtering = reports.reduce((sum, { started, ended }) => sum + ended - started, 0);
      return {
        picture,
        wall,
        reports,
        cpu: reports.reduce((sum, { cpu }) => sum + cpu, 0),
        outside: Math.max(0, 1 - filtering / (Math.min(count, reports.length) * wall)),
        atOnce: mostAtOnce(reports),
      };
    },
  };
}

/** The most of them that hold the same instant: it is the start of one. */
function mostAtOnce(reports: readonly LaneReport[]): number {
  const insideAt = (instant: number): number =>
    reports.filter(({ started, ended }) => started <= instant && instant < ended).length;
  return Math.max(0, ...reports.map(({ started }) => insideAt(started)));
}

function openThreadFilter(count: number) {
  const threads = openReportingThreads(count);
  return {
    close: () => threads.close(),
    async filter(source: Raster, side: number) {
      let reports: readonly LaneReport[] = [];
      const run = async (tiles: readonly SharedTile[]): Promise<void> => void (reports = await threads.run(tiles));
      return { picture: await filterByThreads({ run }, source, side), reports };
    },
  };
}

function openProcessFilter(count: number) {
  const processes = openReportingProcesses(count);
  return {
    close: () => processes.close(),
    async filter(source: Raster, side: number) {
      let reports: readonly LaneReport[] = [];
      const run = async (pieces: readonly Piece[]): Promise<Uint8Array[]> => {
        const answers = await processes.run(pieces);
        reports = answers.map(({ report }) => report);
        return answers.map(({ pixels }) => pixels);
      };
      return { picture: await filterByProcesses({ run }, source, side), reports };
    },
  };
}

/**
 * Lanes whose n-th unit is the n-th pair of whole tiles, over and over: one alone is short for the CPU clock. A unit ends
 * when its pixels are back in the picture, so that the copies of a process count against it.
 */
export function tileLanes(mechanism: Mechanism, count: number, source: Raster): Lanes {
  const pairs = pairsOfTiles(source);
  const target = sharedRaster(source.width, source.height);
  const pairAt = (index: number): Area => pairs[index % pairs.length]!;
  if (mechanism === 'threads') {
    return answerLanes(
      count,
      () => openReportingThreads(1),
      async (thread, index) => (await thread.run([{ source, target, tile: pairAt(index) }]))[0]!,
    );
  }
  return answerLanes(
    count,
    () => openReportingProcesses(1),
    async (child, index) => {
      const tile = pairAt(index);
      const [answer] = await child.run([pieceOf(source, tile)]);
      paste(answer!.pixels, target, tile);
      return answer!.report;
    },
  );
}

function pairsOfTiles(source: Raster): Area[] {
  return cutTiles(source, TILE_SIDE)
    .filter(({ x, height }) => x % (2 * TILE_SIDE) === 0 && x + 2 * TILE_SIDE <= source.width && height === TILE_SIDE)
    .map((tile) => ({ ...tile, width: 2 * TILE_SIDE }));
}
