// What is compared of pictures, and how much faster tiles are filtered.

import { counted, counts, shown } from '@cookbook/lab/claim';
import type { Context, Finding } from '@cookbook/lab/claim';
import { judgeWork, measureParallel, parallel } from '@cookbook/lab/speedup';
import { blur } from '../filter.ts';
import { cut } from '../raster.ts';
import type { Raster } from '../raster.ts';
import { filterAlone, TILE_SIDE } from '../recipe.ts';
import { blurBySharp } from './photo.ts';
import { openTimedFilter, tileLanes } from './timed-filter.ts';
import type { Mechanism } from './timed-filter.ts';

export const MEGAPIXELS = 12;

/** sharp cuts the fraction off where the blur here rounds it. */
const TOLERANCE = 1;

/** How many bytes of the picture differ from the one that is filtered in one piece: none may. */
export async function sameBytes(
  words: string,
  photo: Raster,
  lanes: number,
  { screen, signal }: Context,
): Promise<Finding[]> {
  screen.draw('… image-tiles: filtering the picture in one piece');
  const whole = filterAlone(photo);
  const filtered = [];
  for (const mechanism of ['threads', 'processes'] as const) {
    signal.throwIfAborted();
    screen.draw(`… image-tiles: filtering it in tiles by ${lanes} ${mechanism}`);
    filtered.push({ mechanism, ...(await filterOnce(mechanism, lanes, photo)) });
  }
  const differing = filtered.map(({ mechanism, picture }) =>
    counted(
      `bytes-that-differ-${mechanism}`,
      `bytes that differ, ${mechanism}`,
      bytesThatDiffer(whole, picture),
      'bytes',
      { most: 0 },
    ),
  );
  const outside = filtered.map((each) =>
    counted(
      `outside-the-filter-${each.mechanism}`,
      `share of the time outside the filter, ${each.mechanism}`,
      100 * each.outside,
      '%',
    ),
  );
  const together = filtered.map(({ mechanism, atOnce }) =>
    counted(`at-once-${mechanism}`, `tiles in work at once, ${mechanism}`, atOnce, 'tiles', { least: 2 }),
  );
  return [counts(words, ...differing), counts('', ...together), shown('', ...outside)];
}

/** The same filter by sharp, whose author had nothing to do with this one: no pixel differs by more than rounding. */
export async function sameAsSharp(photo: Raster): Promise<Finding> {
  const piece = cut(photo, { x: photo.width >> 2, y: photo.height >> 2, width: TILE_SIDE, height: TILE_SIDE });
  const theirs = await blurBySharp(piece);
  const ours = blur(piece, { x: 0, y: 0, width: piece.width, height: piece.height });
  const largest = ours.reduce((most, byte, n) => Math.max(most, Math.abs(byte - theirs[n]!)), 0);
  const name = "largest difference from sharp's own blur";
  return counts('', counted('difference-from-sharp', name, largest, 'of 255', { most: TOLERANCE }));
}

/** So many threads or processes against one of them. */
export async function faster(
  words: string,
  mechanism: Mechanism,
  photo: Raster,
  lanes: number,
  context: Context,
): Promise<Finding> {
  context.screen.draw(`… image-tiles: how much faster are ${lanes} ${mechanism} than one?`);
  const open = (count: number) => tileLanes(mechanism, count, photo);
  const speedup = await measureParallel({ open, lanes, context });
  return parallel(mechanism, `${lanes} ${mechanism}`, speedup, words, judgeWork);
}

async function filterOnce(mechanism: Mechanism, count: number, photo: Raster) {
  const timed = openTimedFilter(mechanism, count);
  try {
    await timed.filter(cut(photo, { x: 0, y: 0, width: 512, height: 512 }), 128); // compiles the filter
    return await timed.filter(photo);
  } finally {
    await timed.close();
  }
}

function bytesThatDiffer(one: Raster, other: Raster): number {
  let differing = Math.abs(one.pixels.length - other.pixels.length);
  for (let n = 0; n < one.pixels.length; n++) if (one.pixels[n] !== other.pixels[n]) differing++;
  return differing;
}
