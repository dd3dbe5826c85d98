// Writing an index file.

import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { Places } from '../../files/places.ts';
import type { Unit } from '../../files/read-documents.ts';
import type { Image } from '../index/layout.ts';
import { BLOCK, FILE_ENTRY, FILE_PARTS, MAGIC, PLACE_ENTRY, VERSION } from './format.ts';
import type { FilePart, Header } from './format.ts';

/**
 * Writes an index, whole or not at all: an older file stays as it was until then.
 *
 * @throws an error of the file system
 */
export async function writeIndex(file: string, image: Image, places: Places, unit: Unit): Promise<void> {
  const parts: Record<FilePart, Uint8Array> = { ...image.parts, ...placeParts(places) };
  const pieces = FILE_PARTS.map((part) => parts[part]);
  const checksums = checksumsOf(pieces);
  const sizes = Object.fromEntries(FILE_PARTS.map((part) => [part, parts[part].length])) as Header['sizes'];
  const header: Header = {
    magic: MAGIC,
    version: VERSION,
    unit,
    totals: image.totals,
    sizes,
    checksum: crc32(checksums),
  };
  const json = JSON.stringify(header);
  const line = Buffer.from(`${json} ${crc32(json).toString(16).padStart(8, '0')}\n`);
  await writeWhole(file, [line, ...pieces, checksums]);
}

function placeParts({ files, stamps, numbers }: Places): Record<'places' | 'files' | 'names', Uint8Array> {
  const places = new DataView(new ArrayBuffer(numbers.file.length * PLACE_ENTRY));
  for (const [document, own] of numbers.file.entries()) {
    const at = document * PLACE_ENTRY;
    places.setUint32(at, own, true);
    places.setUint32(at + 4, numbers.line[document]!, true);
    places.setFloat64(at + 8, numbers.start[document]!, true);
    places.setFloat64(at + 16, numbers.end[document]!, true);
  }
  const entries = new DataView(new ArrayBuffer(files.length * FILE_ENTRY));
  const names = files.map((name) => Buffer.from(name));
  let end = 0;
  for (const [n, name] of names.entries()) {
    end += name.length;
    entries.setFloat64(n * FILE_ENTRY, end, true);
    entries.setFloat64(n * FILE_ENTRY + 8, stamps[n]!.size, true);
    entries.setFloat64(n * FILE_ENTRY + 16, stamps[n]!.modified, true);
  }
  return {
    places: new Uint8Array(places.buffer),
    files: new Uint8Array(entries.buffer),
    names: Buffer.concat(names),
  };
}

/** The CRC-32 of every block of the pieces as one run of bytes. */
function checksumsOf(pieces: readonly Uint8Array[]): Buffer {
  const size = pieces.reduce((sum, { length }) => sum + length, 0);
  const checksums = Buffer.alloc(Math.ceil(size / BLOCK) * 4);
  let [block, filled, checksum] = [0, 0, 0];
  for (const piece of pieces) {
    for (let at = 0; at < piece.length;) {
      const taken = piece.subarray(at, at + BLOCK - filled);
      checksum = crc32(taken, checksum);
      at += taken.length;
      filled += taken.length;
      if (filled < BLOCK) continue;
      checksums.writeUInt32LE(checksum, block++ * 4);
      [filled, checksum] = [0, 0];
    }
  }
  if (filled > 0) checksums.writeUInt32LE(checksum, block * 4);
  return checksums;
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
