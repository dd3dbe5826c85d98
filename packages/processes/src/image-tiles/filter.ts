// The filter: a Gaussian blur against the grain, then the edges of what is left. Every pixel of the result depends on its
// neighbourhood alone and is computed in one order of operations, so it does not matter in which tile it is computed.

import { grow } from './raster.ts';
import type { Area, Raster } from './raster.ts';

/** Pixels on each side that the blur looks at. */
export const RADIUS = 8;

/** Pixels around a tile that its filter reads: those of the blur, and one more for the edges. */
export const BORDER = RADIUS + 1;

/** The bell is cut off where it is 1 % of its height: at 3 standard deviations. */
export const SIGMA = RADIUS / 3;

/** Weights by distance, from 0; the whole bell, both sides, adds up to 1. */
const WEIGHTS = gaussian();

function gaussian(): Float64Array {
  const weights = Float64Array.from({ length: RADIUS + 1 }, (_, distance) =>
    Math.exp(-(distance ** 2) / (2 * SIGMA ** 2)),
  );
  const sum = weights.reduce((total, weight) => total + 2 * weight, -weights[0]!);
  return weights.map((weight) => weight / sum);
}

/** The edges of an area of the picture: the same bytes, whatever else of the picture is computed, where and when. */
export function filterArea(picture: Raster, area: Area): Uint8Array {
  const { width, height } = area;
  const pixels = new Uint8Array(width * height);
  filterInto({ pixels, width, height }, { ...area, x: 0, y: 0 }, picture, area);
  return pixels;
}

/**
 * The same, written into its place in another picture. Row by row, with only the rows in memory that the next one needs:
 * what a tile works on stays in the cache of its core, however large the picture, and other cores do not slow it down.
 */
export function filterInto(target: Raster, place: Area, picture: Raster, area: Area): void {
  const wide = grow(area, 1, picture);
  const smooth = Array.from({ length: 3 }, () => new Uint8Array(wide.width));
  const blurRow = blurrer(picture, wide);
  const last = wide.y + wide.height - 1;
  let next = wide.y; // the first row that is not yet blurred
  for (let row = 0; row < area.height; row++) {
    const y = area.y + row;
    for (; next <= Math.min(last, y + 1); next++) blurRow(next, smooth[next % 3]!);
    const [above, here, below] = [Math.max(wide.y, y - 1), y, Math.min(last, y + 1)].map((at) => smooth[at % 3]!);
    const start = (place.y + row) * target.width + place.x;
    const line = target.pixels.subarray(start, start + area.width);
    findEdges([above!, here!, below!], area.x - wide.x, line);
  }
}

/** The area, blurred. */
export function blur(picture: Raster, area: Area): Uint8Array {
  const { width, height } = area;
  const result = new Uint8Array(width * height);
  const blurRow = blurrer(picture, area);
  for (let row = 0; row < height; row++) blurRow(area.y + row, result.subarray(row * width, (row + 1) * width));
  return result;
}

/**
 * Blurs the rows of an area, to be asked for from the top: along the rows first, then along the columns, which is the
 * same as both at once and takes 2 x 17 multiplications a pixel instead of 17 x 17. Beyond the edges of the picture its
 * outermost pixels are repeated.
 */
function blurrer(picture: Raster, area: Area): (y: number, target: Uint8Array) => void {
  const { width } = area;
  const last = picture.height - 1;
  const rows = Array.from({ length: 2 * RADIUS + 1 }, () => new Float32Array(width));
  const line = new Float64Array(width + 2 * RADIUS);
  const sums = new Float64Array(width);
  let next = Math.max(0, area.y - RADIUS); // the first row that is not yet blurred along itself

  return (y, target) => {
    for (; next <= Math.min(last, y + RADIUS); next++) blurAlong(picture, next, area, line, rows[next % rows.length]!);
    sums.fill(0.5); // rounds: a byte takes the fraction off
    for (let offset = -RADIUS; offset <= RADIUS; offset++) {
      const row = rows[Math.min(last, Math.max(0, y + offset)) % rows.length]!;
      const weight = WEIGHTS[Math.abs(offset)]!;
      for (let x = 0; x < width; x++) sums[x]! += weight * row[x]!;
    }
    for (let x = 0; x < width; x++) target[x] = sums[x]!;
  };
}

/** Blurs one row of the area along itself. `line` is scratch memory, to be used again. */
function blurAlong({ pixels, width }: Raster, y: number, area: Area, line: Float64Array, target: Float32Array): void {
  // The row with what is repeated on both sides: the loop below need not ask where the picture ends.
  for (let n = 0; n < line.length; n++) {
    line[n] = pixels[y * width + Math.min(width - 1, Math.max(0, area.x + n - RADIUS))]!;
  }
  for (let x = 0; x < area.width; x++) {
    const centre = x + RADIUS;
    let sum = WEIGHTS[0]! * line[centre]!;
    for (let d = 1; d <= RADIUS; d++) sum += WEIGHTS[d]! * (line[centre - d]! + line[centre + d]!);
    target[x] = sum;
  }
}

/**
 * How steep the brightness is along a row, by Sobel's two masks (Gonzalez & Woods, Digital Image Processing, section
 * 10.2).
 *
 * @param rows the row above, the row itself and the row below, which start `margin` pixels before the target does
 */
function findEdges(rows: readonly [Uint8Array, Uint8Array, Uint8Array], margin: number, target: Uint8Array): void {
  const [above, here, below] = rows;
  const last = here.length - 1;
  for (let column = 0; column < target.length; column++) {
    const x = column + margin;
    const left = Math.max(0, x - 1);
    const right = Math.min(last, x + 1);
    const horizontal = above[right]! + 2 * here[right]! + below[right]! - above[left]! - 2 * here[left]! - below[left]!;
    const vertical = below[left]! + 2 * below[x]! + below[right]! - above[left]! - 2 * above[x]! - above[right]!;
    target[column] = Math.min(255, Math.sqrt(horizontal * horizontal + vertical * vertical));
  }
}
