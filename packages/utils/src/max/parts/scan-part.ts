// Parts of a file: what each thread does with them.

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

/** Scans the next part of the file until none is left. */
export async function scanParts(job: Job, onPart: (part: ScannedPart) => void): Promise<void> {
  for (;;) {
    const index = Atomics.add(job.next, 0, 1);
    if (boundsOf(job, index).from >= job.size) return;
    onPart(await scanPart(job, index));
  }
}
