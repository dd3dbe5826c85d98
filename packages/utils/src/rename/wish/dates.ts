// Dates in names: of the last change, of the birth, and of the moment a picture was taken.

import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import ExifReader from 'exifreader';
import type { FileSystem } from '../disk/file-system.ts';
import { toSystem } from '../names/raw-path.ts';
import type { RawPath } from '../names/raw-path.ts';

/** The parts of a date in local time, as a format writes them. */
export type Parts = Readonly<Record<(typeof UNITS)[number], string>>;

const UNITS = ['YYYY', 'YY', 'MM', 'DD', 'HH', 'mm', 'ss'] as const;

/** Where a date may come from; undefined where the file has none. */
export const DATES = {
  date: (fs: FileSystem, path: RawPath) => partsOf(fs.lstat(path)?.mtimeMs),
  created: (fs: FileSystem, path: RawPath) => partsOf(fs.lstat(path)?.birthtimeMs || undefined), // 0 is none
  taken: (_: FileSystem, path: RawPath) => takenAt(path),
} satisfies Record<string, (fs: FileSystem, path: RawPath) => Parts | undefined>;

/**
 * Reads a format of dates such as 'YYYY-MM-DD_HH.mm.ss'.
 *
 * @throws RangeError for a letter that is no unit
 */
export function readDateFormat(format: string): (parts: Parts) => string {
  const other = format.replaceAll(UNIT, '').match(/[A-Za-z]+/);
  if (other !== null || format === '') {
    throw new RangeError(`Expected a format of ${UNITS.join(', ')} with marks between, got '${format}'`);
  }
  return (parts) => format.replaceAll(UNIT, (unit) => parts[unit as keyof Parts]);
}

const UNIT = /YYYY|YY|MM|DD|HH|mm|ss/g;

function partsOf(ms: bigint | undefined): Parts | undefined {
  if (ms === undefined) return undefined;
  const date = new Date(Number(ms));
  return partsFrom([
    date.getFullYear(),
    date.getMonth() + 1,
    date.getDate(),
    date.getHours(),
    date.getMinutes(),
    date.getSeconds(),
  ]);
}

function partsFrom([year, month, day, hour, minute, second]: readonly (number | string)[]): Parts {
  const YYYY = String(year).padStart(4, '0');
  return { YYYY, YY: YYYY.slice(-2), MM: two(month), DD: two(day), HH: two(hour), mm: two(minute), ss: two(second) };
}

function two(number: number | string | undefined): string {
  return String(number).padStart(2, '0');
}

/** A JPEG has its EXIF data in the first 64 KiB; other formats may have them at the end. */
const HEAD = 1 << 18;
const ANYWHERE = /\.(?:heic|heif|avif|webp|png|tiff?|dng|nef|cr2|arw|orf|rw2)$/i;
const MOST = 1 << 29;

/** When a picture was taken by its EXIF data, in the time of the place where the camera was; undefined where it has no such data. */
function takenAt(path: RawPath): Parts | undefined {
  const tags = readTags(path);
  for (const tag of [tags?.DateTimeOriginal, tags?.DateTimeDigitized, tags?.DateTime]) {
    const [, ...numbers] = /^(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)/.exec(tag?.description ?? '') ?? [];
    if (numbers.length > 0 && numbers[0] !== '0000') return partsFrom(numbers);
  }
  return undefined;
}

function readTags(path: RawPath): ExifReader.Tags | undefined {
  const bytes = readHead(path, ANYWHERE.test(path) ? MOST : HEAD);
  try {
    return bytes && ExifReader.load(bytes);
  } catch {
    return undefined; // no picture, or one that is damaged
  }
}

function readHead(path: RawPath, most: number): Buffer | undefined {
  // Without waiting for a writer, where a link leads to a pipe.
  const file = openSync(toSystem(path), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) return undefined;
    const bytes = Buffer.alloc(Math.min(most, stats.size));
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(file);
  }
}
