// One part of a file: what a thread does with it.

import { openRange } from '../rows/byte-source.ts';
import { scanRange } from '../rows/scan-range.ts';
import { boundsOf } from './messages.ts';
import type { Job, ScannedPart } from './messages.ts';

/** Scans the records that begin in a part, from the first line that does. */
export async function scanPart(job: Job, index: number): Promise<ScannedPart> {
  const { path, size, layout, notation, input } = job;
  const { from, to } = boundsOf(job, index);
  // The line end before the part decides whether a line begins with it.
  const before = index === 0 ? 0 : 1;
  try {
    await using source = await openRange(path, from - before, size);
    const skip = index === 0 ? 0 : 'next line';
    const range = await scanRange(source, layout, notation, { from: from - before, skip, stop: to, line: 0, input });
    return { index, range };
  } catch {
    return { index }; // scanned again in order, where the error is thrown if it is one
  }
}
