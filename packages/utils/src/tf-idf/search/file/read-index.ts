// Opening an index file: its line and its checksums are read, the rest when a query needs it.

import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { PlaceList, StampedPlace } from '../../files/places.ts';
import type { Unit } from '../../files/read-documents.ts';
import type { IndexSource } from '../index/source.ts';
import { BlockReader, damaged, readFully } from './block-reader.ts';
import { BLOCK, FILE_ENTRY, FILE_PARTS, IndexFileError, MAGIC, PLACE_ENTRY, VERSION } from './format.ts';
import type { FilePart, Header } from './format.ts';

export interface OpenedIndex extends Disposable {
  readonly source: IndexSource;
  readonly places: PlaceList;
  readonly unit: Unit;
}

/** A longer line is no index's: its longest part is the name of a field. */
const MOST_OF_LINE = 65_536;

/**
 * Opens an index that `writeIndex` wrote.
 *
 * @throws IndexFileError where it is something else, of another version, cut short or damaged; whatever is read later
 * throws one too where it is damaged; an error of the file system
 */
export function openIndex(file: string): OpenedIndex {
  const descriptor = openSync(file, constants.O_RDONLY);
  try {
    const { header, end } = readHeader(file, descriptor);
    const parts = partReader(file, descriptor, header, end);
    const { totals, unit, sizes } = header;
    return {
      source: { totals, size: (part) => sizes[part], read: parts },
      places: placeList(parts, totals.documents),
      unit,
      [Symbol.dispose]: () => closeSync(descriptor),
    };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

function readHeader(file: string, descriptor: number): { header: Header; end: number } {
  if (!fstatSync(descriptor).isFile()) throw new IndexFileError(`Expected '${file}' to be a search index, it is not`);
  const bytes = Buffer.alloc(Math.min(MOST_OF_LINE, fstatSync(descriptor).size));
  readFully(descriptor, bytes, 0);
  const start = `{"magic":"${MAGIC}","version":`;
  if (!bytes.toString('latin1', 0, start.length).startsWith(start)) {
    throw new IndexFileError(`Expected '${file}' to be a search index, it is not`);
  }
  const version = Number.parseInt(bytes.toString('latin1', start.length, start.length + 10), 10);
  if (version !== VERSION) {
    const advice = 'make it again with index';
    throw new IndexFileError(
      `Expected '${file}' to be an index of version ${VERSION}, got version ${version}: ${advice}`,
    );
  }
  const end = bytes.indexOf('\n') + 1;
  const json = bytes.toString('utf8', 0, Math.max(0, end - 10));
  if (crc32(json) !== Number.parseInt(bytes.toString('latin1', end - 9, end - 1), 16)) throw damaged(file);
  return { header: JSON.parse(json) as Header, end };
}

type ReadPart = (part: FilePart, start: number, end: number) => Buffer;

function partReader(file: string, descriptor: number, { sizes, checksum }: Header, start: number): ReadPart {
  const starts = new Map<FilePart, number>();
  let size = 0;
  for (const part of FILE_PARTS) {
    starts.set(part, size);
    size += sizes[part];
  }
  const checksums = Buffer.alloc(Math.ceil(size / BLOCK) * 4);
  const expected = start + size + checksums.length;
  const actual = fstatSync(descriptor).size;
  if (actual !== expected) {
    throw new IndexFileError(`Expected '${file}' to be ${expected} bytes long, got ${actual}: it is not whole`);
  }
  readFully(descriptor, checksums, start + size);
  if (crc32(checksums) !== checksum) throw damaged(file);
  const blocks = new BlockReader(file, descriptor, { start, size }, checksums);
  return (part, from, to) => blocks.read(starts.get(part)! + from, starts.get(part)! + to);
}

/** Each place is read when it is asked for. */
function placeList(read: ReadPart, length: number): PlaceList {
  return {
    length,
    at(document): StampedPlace {
      const place = viewOf(read('places', document * PLACE_ENTRY, (document + 1) * PLACE_ENTRY));
      const number = place.getUint32(0, true);
      const entry = viewOf(read('files', number * FILE_ENTRY, (number + 1) * FILE_ENTRY));
      const before =
        number === 0 ? 0 : viewOf(read('files', (number - 1) * FILE_ENTRY, number * FILE_ENTRY)).getFloat64(0, true);
      return {
        file: read('names', before, entry.getFloat64(0, true)).toString(),
        line: place.getUint32(4, true),
        start: place.getFloat64(8, true),
        end: place.getFloat64(16, true),
        stamp: { size: entry.getFloat64(8, true), modified: entry.getFloat64(16, true) },
      };
    },
  };
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
