// The task of a process, with a report of what it took.

import { probe } from '@cookbook/lab/task';
import type { LaneReport } from '@cookbook/lab/task';
import filterPiece from '../process-task.ts';
import type { Piece } from '../recipe.ts';
import { inBands } from './in-bands.ts';

export interface ReportedPixels {
  readonly pixels: Uint8Array;
  readonly report: LaneReport;
}

export default function filterAndReport(piece: Piece): ReportedPixels {
  const { width, height, y } = piece.tile;
  const pixels = new Uint8Array(width * height);
  const report = probe(() =>
    inBands(piece.tile, (band) => pixels.set(filterPiece({ ...piece, tile: band }), (band.y - y) * width)),
  );
  return { pixels, report };
}
