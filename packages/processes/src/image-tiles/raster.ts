// Pixels in rows, and rectangles of them.

/** A greyscale picture: a byte a pixel, rows from the top. */
export interface Raster {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Covers a picture with tiles of `side` x `side` pixels; those at the right and the bottom are what is left. */
export function cutTiles({ width, height }: Pick<Raster, 'width' | 'height'>, side: number): Area[] {
  if (!Number.isInteger(side) || side < 1) {
    throw new RangeError(`Expected \`side\` to be an integer from 1 up, got ${side}`);
  }
  const tiles: Area[] = [];
  for (let y = 0; y < height; y += side) {
    for (let x = 0; x < width; x += side) {
      tiles.push({ x, y, width: Math.min(side, width - x), height: Math.min(side, height - y) });
    }
  }
  return tiles;
}

/** The area with so many pixels around it, as far as the picture goes. */
export function grow({ x, y, width, height }: Area, by: number, picture: Pick<Raster, 'width' | 'height'>): Area {
  const left = Math.max(0, x - by);
  const top = Math.max(0, y - by);
  return {
    x: left,
    y: top,
    width: Math.min(picture.width, x + width + by) - left,
    height: Math.min(picture.height, y + height + by) - top,
  };
}

/** A copy of an area, as a picture of its own. */
export function cut({ pixels, width }: Raster, area: Area): Raster {
  const copy = new Uint8Array(area.width * area.height);
  for (let row = 0; row < area.height; row++) {
    const start = (area.y + row) * width + area.x;
    copy.set(pixels.subarray(start, start + area.width), row * area.width);
  }
  return { pixels: copy, width: area.width, height: area.height };
}

/** Puts the pixels of an area into their place. */
export function paste(pixels: Uint8Array, { pixels: target, width }: Raster, area: Area): void {
  for (let row = 0; row < area.height; row++) {
    const line = pixels.subarray(row * area.width, (row + 1) * area.width);
    target.set(line, (area.y + row) * width + area.x);
  }
}

/** A picture whose pixels threads may share. */
export function sharedRaster(width: number, height: number): Raster {
  return { pixels: new Uint8Array(new SharedArrayBuffer(width * height)), width, height };
}
