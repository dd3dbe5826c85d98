// An index in a file: documents, terms, idf and postings. A line of JSON that describes the rest, the arrays as they are
// in memory, and a checksum of it all.

import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { open, readFile, rename } from 'node:fs/promises';
import { endianness } from 'node:os';
import { crc32 } from 'node:zlib';
import { Places } from '../files/places.ts';
import type { Unit } from '../files/read-documents.ts';
import { SearchIndex } from './search-index.ts';

/** Documents that were indexed, and where they stand. */
export interface Collection {
  readonly index: SearchIndex;
  readonly places: Places;
  readonly unit: Unit;
}

const MAGIC = 'tf-idf search index';
const VERSION = 1;
const CHECKSUM = 4;

/** The arrays in the order of the file: those with the widest elements first, so that each begins where it may. */
const KINDS = {
  idf: Float64Array,
  values: Float64Array,
  start: Float64Array,
  end: Float64Array,
  file: Uint32Array,
  line: Uint32Array,
  starts: Uint32Array,
  rows: Uint32Array,
  terms: Uint8Array,
  files: Uint8Array,
} as const;
type Name = keyof typeof KINDS;

interface Header {
  readonly magic: string;
  readonly version: number;
  readonly unit: Unit;
  readonly lengths: Readonly<Record<Name, number>>;
}

/**
 * Writes an index, whole or not at all: an older file stays as it was until then.
 *
 * @throws an error of the file system
 */
export async function writeIndex(file: string, { index, places, unit }: Collection): Promise<void> {
  const { terms, idf, postings } = index.parts;
  const { numbers, files } = places;
  const arrays: Record<Name, Float64Array | Uint32Array | Uint8Array> = {
    idf,
    values: postings.values,
    start: Float64Array.from(numbers.start),
    end: Float64Array.from(numbers.end),
    file: Uint32Array.from(numbers.file),
    line: Uint32Array.from(numbers.line),
    starts: postings.starts,
    rows: postings.rows,
    terms: joined(terms),
    files: joined(files),
  };
  const names = Object.keys(KINDS) as Name[];
  const lengths = Object.fromEntries(names.map((name) => [name, arrays[name].length])) as Header['lengths'];
  const pieces = [
    headerLine({ magic: MAGIC, version: VERSION, unit, lengths }),
    ...names.map((name) => Buffer.from(arrays[name].buffer, arrays[name].byteOffset, arrays[name].byteLength)),
  ];
  const checksum = Buffer.alloc(CHECKSUM);
  checksum.writeUInt32LE(pieces.reduce((before, piece) => crc32(piece, before), 0));
  await writeWhole(file, [...pieces, checksum]);
}

/** NUL is in no path and in no term. */
function joined(texts: readonly string[]): Uint8Array {
  return Buffer.from(texts.join('\0'));
}

/** A line whose length is a multiple of 8, so that the arrays behind it begin where their elements may. */
function headerLine(header: Header): Buffer {
  expectLittleEndian();
  const json = Buffer.from(JSON.stringify(header));
  return Buffer.concat([json, Buffer.alloc(7 - (json.length % 8), ' '), Buffer.from('\n')]);
}

async function writeWhole(file: string, pieces: readonly Uint8Array[]): Promise<void> {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  const clear = (): void => rmSync(temporary, { force: true });
  process.once('exit', clear); // Ctrl-C leaves nothing half-written behind
  try {
    const handle = await open(temporary, 'wx');
    try {
      for (const piece of pieces) await handle.writeFile(piece);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } finally {
    clear();
    process.removeListener('exit', clear);
  }
}

/** A fault of an index file, in one line. */
export class IndexFileError extends Error {
  override readonly name = 'IndexFileError';
}

/**
 * Reads an index that `writeIndex` wrote.
 *
 * @throws IndexFileError where it is something else, of another version, cut short or damaged; an error of the file system
 */
export async function readIndex(file: string): Promise<Collection> {
  expectLittleEndian();
  const bytes = aligned(await readFile(file));
  const { header, end: headerEnd } = readHeader(bytes, file);
  const names = Object.keys(KINDS) as Name[];
  const size = names.reduce(
    (sum, name) => sum + header.lengths[name] * KINDS[name].BYTES_PER_ELEMENT,
    headerEnd + CHECKSUM,
  );
  if (bytes.length !== size) {
    throw new IndexFileError(`Expected '${file}' to be ${size} bytes long, got ${bytes.length}: it is not whole`);
  }
  if (crc32(bytes.subarray(0, -CHECKSUM)) !== bytes.readUInt32LE(size - CHECKSUM)) {
    throw new IndexFileError(`Expected '${file}' to have the checksum that it was written with: it is damaged`);
  }
  return toCollection(header, bytes, headerEnd);
}

/** A small file comes in a part of a larger buffer, which may begin where no double may. */
function aligned(bytes: Buffer): Buffer<ArrayBuffer> {
  return Buffer.from(
    bytes.byteOffset === 0 ? (bytes.buffer as ArrayBuffer) : new Uint8Array(bytes).buffer,
    0,
    bytes.length,
  );
}

function readHeader(bytes: Buffer, file: string): { header: Header; end: number } {
  const end = bytes.indexOf('\n') + 1;
  if (bytes.subarray(0, MAGIC.length + 10).toString() !== `{"magic":"${MAGIC}` || end === 0) {
    throw new IndexFileError(`Expected '${file}' to be a search index, it is not`);
  }
  const header = JSON.parse(bytes.subarray(0, end).toString()) as Header;
  if (header.version === VERSION) return { header, end };
  throw new IndexFileError(`Expected '${file}' to be an index of version ${VERSION}, got version ${header.version}`);
}

function toCollection({ unit, lengths }: Header, bytes: Buffer<ArrayBuffer>, headerEnd: number): Collection {
  let at = bytes.byteOffset + headerEnd;
  const take = <N extends Name>(name: N): InstanceType<(typeof KINDS)[N]> => {
    const array = new KINDS[name](bytes.buffer, at, lengths[name]);
    at += array.byteLength;
    return array as InstanceType<(typeof KINDS)[N]>;
  };
  const [idf, values, start, end] = [take('idf'), take('values'), take('start'), take('end')];
  const [fileOf, line, starts, rows] = [take('file'), take('line'), take('starts'), take('rows')];
  const [terms, files] = [take('terms'), take('files')].map((array) => Buffer.from(array).toString().split('\0'));
  const places = new Places(files, { file: [...fileOf], line: [...line], start: [...start], end: [...end] });
  const index = new SearchIndex({ terms: terms!, idf, postings: { starts, rows, values }, documents: fileOf.length });
  return { index, places, unit };
}

function expectLittleEndian(): void {
  if (endianness() !== 'LE') throw new IndexFileError('Expected a little-endian machine to write or read an index on');
}
