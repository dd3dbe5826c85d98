// An input as text in UTF-8, whatever it is: compressed files are unpacked, UTF-16 is decoded, by their first bytes.

import { openBytes, piecesOf, sourceOf } from './byte-source.ts';
import type { ByteSource } from './byte-source.ts';
import { DataError } from './errors.ts';

const GZIP = Buffer.from([0x1f, 0x8b]);
const ZSTANDARD = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
const UTF_16 = { 'utf-16le': Buffer.from([0xff, 0xfe]), 'utf-16be': Buffer.from([0xfe, 0xff]) };
/** Bytes that are looked through for what no text has. */
const TRIED = 4_096;

/**
 * The text of a file, or of the input where the path is '-', as bytes in UTF-8. A byte order mark stays.
 *
 * @throws DataError where it is no text; where compressed data are damaged, with the read that meets the damage
 * @throws Error of the system, with its code, where it cannot be opened or read
 */
export async function openText(path: string): Promise<ByteSource> {
  const bytes = await openBytes(path);
  try {
    return await toText(bytes);
  } catch (error) {
    await bytes[Symbol.asyncDispose]();
    throw error;
  }
}

/** Unpacks and decodes until the bytes are text in UTF-8. */
async function toText(bytes: ByteSource): Promise<ByteSource> {
  const { head } = bytes;
  if (startsWith(head, GZIP)) return toText(await sourceOf(unpacked(bytes, 'gzip')));
  if (startsWith(head, ZSTANDARD)) return toText(await sourceOf(unpacked(bytes, 'Zstandard')));
  for (const [encoding, mark] of Object.entries(UTF_16)) {
    if (startsWith(head, mark)) return toText(await sourceOf(decoded(bytes, encoding)));
  }
  if (head.subarray(0, TRIED).includes(0)) {
    throw new DataError('Expected text in UTF-8, or in UTF-16 with a byte order mark, got bytes of 0');
  }
  return bytes;
}

function startsWith(bytes: Buffer, mark: Buffer): boolean {
  return bytes.subarray(0, mark.length).equals(mark);
}

async function* unpacked(source: ByteSource, format: 'gzip' | 'Zstandard'): AsyncGenerator<Buffer> {
  const [{ createGunzip, createZstdDecompress }, { pipeline }] = await Promise.all([
    import('node:zlib'),
    import('node:stream'),
  ]);
  const unpack = format === 'gzip' ? createGunzip() : createZstdDecompress();
  // An error of the source is passed on, and thrown where the result is read.
  pipeline(piecesOf(source), unpack, () => {});
  try {
    yield* unpack as AsyncIterable<Buffer>;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!/^(Z_|ZSTD_|ERR_ZLIB|ERR_ZSTD)/.test(code ?? '')) throw error;
    throw new DataError(`Expected whole ${format} data, got damaged ones: ${message}`);
  } finally {
    await source[Symbol.asyncDispose]();
  }
}

async function* decoded(source: ByteSource, encoding: string): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding);
  try {
    for await (const piece of piecesOf(source)) yield Buffer.from(decoder.decode(piece, { stream: true }));
    yield Buffer.from(decoder.decode());
  } finally {
    await source[Symbol.asyncDispose]();
  }
}
