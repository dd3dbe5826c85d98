// How large a document has to be for its computing to take as long as is wanted.

import { gzipSync } from 'node:zlib';
import { documentOf } from '../../proof/server/index.ts';
import { scoreDocument } from '../score-task.ts';

/** The size of a document whose score takes about so many ms on this host, undisturbed. Takes about 30 ms itself. */
export function bytesForScore(ms: number): number {
  const tried = 64 * 1_024;
  const packed = gzipSync(documentOf(0, tried), { level: 1 });
  let quickest = Infinity;
  for (let run = 0; run < 12; run++) {
    const start = performance.now();
    scoreDocument(packed, 'warm up');
    quickest = Math.min(quickest, performance.now() - start); // a neighbour can only make it slower
  }
  return Math.round((tried * ms) / quickest);
}
