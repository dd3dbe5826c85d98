// The task of a process, with a report of what it took.

import { probe } from '@cookbook/lab/task';
import type { LaneReport } from '@cookbook/lab/task';
import filterPiece from '../process-task.ts';
import type { Piece } from '../recipe.ts';

export interface ReportedPixels {
  readonly pixels: Uint8Array;
  readonly report: LaneReport;
}

export default function filterAndReport(piece: Piece): ReportedPixels {
  let pixels: Uint8Array = new Uint8Array();
  const report = probe(() => (pixels = filterPiece(piece)));
  return { pixels, report };
}
