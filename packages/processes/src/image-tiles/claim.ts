import { allHold, counted, defineClaim, judgeBounds } from '@cookbook/lab/claim';
import type { Context, Evidence, Figure } from '@cookbook/lab/claim';
import { usableCores } from '@cookbook/lab/host';
import { isSettled, judgeWork, measureSpeedup, speedupFigures } from '@cookbook/lab/speedup';
import type { Speedup } from '@cookbook/lab/speedup';
import { closeAll, lanesOf } from '../hands.ts';
import { blur } from './filter.ts';
import { blurBySharp, loadPhoto } from './photo.ts';
import { cut, cutTiles } from './raster.ts';
import type { Raster } from './raster.ts';
import { filterInline, filterInTiles, processHand, sharedRaster, threadHand, TILE_SIDE } from './recipe.ts';
import type { Filtered, TileHand } from './recipe.ts';

const MEGAPIXELS = 12;

/** sharp cuts the fraction off where the blur here rounds it. */
const TOLERANCE = 1;

interface TilesEvidence extends Evidence {
  readonly counts: readonly Figure[];
  readonly speedups: readonly Speedup[];
}

export default defineClaim<TilesEvidence>({
  id: 'processes/image-tiles',
  says: 'Split an image into sections and give each to a process: processes are fit for image processing.',
  from: ['MM', 'QA', 'RC'],
  answer:
    'Threads on shared pixels and processes that are sent tiles both filter 12 megapixels close to 1x per core, and every byte is that of one thread; what processes copy costs them a small part of it.',

  async measure(context: Context) {
    const { screen, signal } = context;
    const lanes = Math.max(2, usableCores());
    screen.draw(`… image-tiles: enlarging the photograph to ${MEGAPIXELS} megapixels`);
    const photo = await loadPhoto(MEGAPIXELS);
    const blurred = await differenceFromSharp(photo);

    screen.draw('… image-tiles: filtering it in one piece');
    const whole = filterInline(photo);
    const counts: Figure[] = [];
    const costs: Figure[] = [];
    const speedups: Speedup[] = [];
    for (const [name, open] of [
      ['threads', threadHand],
      ['processes', processHand],
    ] as const) {
      signal.throwIfAborted();
      screen.draw(`… image-tiles: filtering it in tiles by ${lanes} ${name}`);
      const filtered = await filterOnce(open, lanes, photo);
      counts.push(
        counted(`bytes that differ, ${name}`, bytesThatDiffer(whole, filtered.picture), 'bytes', { most: 0 }),
      );
      costs.push(counted(`share of the time not spent in the filter, ${name}`, 100 * filtered.lost, '%'));

      screen.draw(`… image-tiles: how much faster are ${lanes} ${name} than one?`);
      const openLanes = (count: number) => tileLanes(open, count, photo);
      speedups.push(await measureSpeedup({ open: openLanes, lanes, context, enough: isSettled }));
    }
    counts.push(counted("largest difference from sharp's own blur", blurred, 'of 255', { most: TOLERANCE }));
    const gains = speedups.flatMap((speedup, n) =>
      speedupFigures(speedup, `${lanes} ${n === 0 ? 'threads' : 'processes'}`, 'parallel'),
    );
    return {
      counts,
      speedups,
      headline: headlineOf(lanes, gains),
      figures: [...gains, ...counts, ...costs],
      notes: [
        `${photo.width} x ${photo.height} pixels, tiles of ${TILE_SIDE} x ${TILE_SIDE}: the whole picture once in each way, and two tiles a lane in each trial of a speedup.`,
        'A trial ends when the tiles are back in the picture: the copies of a process count against it.',
      ],
    };
  },

  judge: ({ counts, speedups }) => allHold([judgeBounds({ figures: counts }), ...speedups.map(judgeWork)]),
});

async function filterOnce(open: () => TileHand, count: number, photo: Raster): Promise<Filtered> {
  const hands = Array.from({ length: count }, open);
  try {
    await filterInTiles(hands, cut(photo, { x: 0, y: 0, width: 512, height: 512 }), 128); // compiles the filter
    return await filterInTiles(hands, photo);
  } finally {
    await closeAll(hands);
  }
}

/** Lanes whose n-th unit is the n-th pair of whole tiles, over and over: one alone is short for the CPU clock. */
function tileLanes(open: () => TileHand, count: number, photo: Raster) {
  const pairs = cutTiles(photo, TILE_SIDE)
    .filter(({ x, height }) => x % (2 * TILE_SIDE) === 0 && x + 2 * TILE_SIDE <= photo.width && height === TILE_SIDE)
    .map((tile) => ({ ...tile, width: 2 * TILE_SIDE }));
  const target = sharedRaster(photo.width, photo.height);
  const hands = Array.from({ length: count }, open);
  return lanesOf(hands, (hand, job) => hand.filter(photo, target, pairs[job % pairs.length]!));
}

async function differenceFromSharp(photo: Raster): Promise<number> {
  const piece = cut(photo, { x: photo.width >> 2, y: photo.height >> 2, width: TILE_SIDE, height: TILE_SIDE });
  const theirs = await blurBySharp(piece);
  const ours = blur(piece, { x: 0, y: 0, width: piece.width, height: piece.height });
  return ours.reduce((most, byte, n) => Math.max(most, Math.abs(byte - theirs[n]!)), 0);
}

function bytesThatDiffer(one: Raster, other: Raster): number {
  let differing = Math.abs(one.pixels.length - other.pixels.length);
  for (let n = 0; n < one.pixels.length; n++) if (one.pixels[n] !== other.pixels[n]) differing++;
  return differing;
}

function headlineOf(lanes: number, gains: readonly Figure[]): string {
  const medians = gains.filter((figure) => figure.bound).map(({ median }) => `${median.toFixed(2)}x`);
  return `speedup on ${lanes} lanes: threads ${medians[0]}, processes ${medians[1]}, every byte the same`;
}
