// The bytes of files as UTF-8, whatever they are on disk: compressed, or in UTF-16 with a byte order mark.

import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { createGunzip, createZstdDecompress, gunzip, zstdDecompress } from 'node:zlib';
import { STANDARD_INPUT, standardInput } from './standard-input.ts';

type Form = 'gzip' | 'zstd' | 'utf-16le' | 'utf-16be' | undefined;

/** A file with a NUL in so many first bytes is no text. */
const PROBE = 8_000;
const CHUNK = 2 ** 18;

/** The form that the first bytes show: RFC 1952, RFC 8878, and the byte order marks of Unicode. */
function formOf(bytes: Uint8Array): Form {
  const [a, b, c, d] = bytes;
  if (a === 0x1f && b === 0x8b) return 'gzip';
  if (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) return 'zstd';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  return a === 0xfe && b === 0xff ? 'utf-16be' : undefined;
}

/** Whether bytes of UTF-8 are no text. */
export function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, PROBE).includes(0);
}

const decoder = new TextDecoder();

/** Bytes of UTF-8 as text, without a byte order mark; those that are no UTF-8 become replacement characters. */
export function decode(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** The name that says what is in a file: without the ending that says how it is compressed. */
export function plainName(file: string): string {
  return file.replace(/\.(?:gz|zst)$/i, '');
}

/** All bytes of a file, as UTF-8. Throws an error of the file system, or of zlib where the file is damaged. */
export async function readBytes(file: string): Promise<Uint8Array> {
  return toUtf8(file === STANDARD_INPUT ? await standardInput() : await readFile(file));
}

async function toUtf8(bytes: Uint8Array): Promise<Uint8Array> {
  const form = formOf(bytes);
  if (form === undefined) return bytes;
  if (form === 'gzip') return toUtf8(await promisify(gunzip)(bytes));
  if (form === 'zstd') return toUtf8(await promisify(zstdDecompress)(bytes));
  return Buffer.from(new TextDecoder(form).decode(bytes));
}

/** The bytes of a file, as UTF-8, piece by piece. Errors: as `readBytes`. */
export async function* streamBytes(file: string): AsyncGenerator<Buffer> {
  const form = await formOfFile(file);
  const raw = await openRaw(file);
  if (form === undefined) yield* raw;
  else if (form === 'gzip') yield* decompressed(raw, createGunzip());
  else if (form === 'zstd') yield* decompressed(raw, createZstdDecompress());
  else yield* transcoded(raw, form);
}

async function openRaw(file: string): Promise<AsyncIterable<Buffer>> {
  if (file === STANDARD_INPUT) return Readable.from([await standardInput()]);
  return createReadStream(file, { highWaterMark: CHUNK });
}

async function* decompressed(raw: AsyncIterable<Buffer>, transform: NodeJS.ReadWriteStream): AsyncGenerator<Buffer> {
  const source = Readable.from(raw);
  source.on('error', (error) => transform.emit('error', error));
  const chunks = (source.pipe(transform) as unknown as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done === true) return;
  const form = formOf(first.value);
  const all = (async function* () {
    yield first.value;
    yield* { [Symbol.asyncIterator]: () => chunks };
  })();
  if (form === 'utf-16le' || form === 'utf-16be') yield* transcoded(all, form);
  else yield* all;
}

async function* transcoded(raw: AsyncIterable<Buffer>, form: 'utf-16le' | 'utf-16be'): AsyncGenerator<Buffer> {
  const utf16 = new TextDecoder(form);
  for await (const chunk of raw) yield Buffer.from(utf16.decode(chunk, { stream: true }));
  yield Buffer.from(utf16.decode());
}

async function formOfFile(file: string): Promise<Form> {
  if (file === STANDARD_INPUT) return formOf(await standardInput());
  return formOf(await readRaw(file, 0, 4));
}

/** The bytes of a file from `start` to `end`, as UTF-8. Errors: as `readBytes`. */
export async function readRange(file: string, start: number, end: number): Promise<Uint8Array> {
  if ((await formOfFile(file)) === undefined) {
    return file === STANDARD_INPUT ? (await standardInput()).subarray(start, end) : readRaw(file, start, end);
  }
  const pieces: Buffer[] = [];
  let at = 0;
  for await (const chunk of streamBytes(file)) {
    if (at + chunk.length > start) pieces.push(chunk.subarray(Math.max(0, start - at), end - at));
    at += chunk.length;
    if (at >= end) break;
  }
  return Buffer.concat(pieces);
}

/** Whether a file begins as no text does. Errors: as `readBytes`. */
export async function beginsBinary(file: string): Promise<boolean> {
  return isBinary(await readRange(file, 0, PROBE));
}

async function readRaw(file: string, start: number, end: number): Promise<Uint8Array> {
  await using handle = await open(file);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(end - start), 0, end - start, start);
  return buffer.subarray(0, bytesRead);
}
