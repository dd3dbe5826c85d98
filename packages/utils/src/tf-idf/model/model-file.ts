// A fitted model in a file: a prelude, a header in JSON, the arrays as they are in memory, and a checksum of it all.
//
//   bytes 0 to 7    'tf-idf\r\n', whose line end is the first thing that a transfer as text would damage
//   bytes 8 to 23   version and length of the header (uint32), length of the file (float64), little-endian as all of it
//   then            the header, then each array from a multiple of 8 bytes on
//   last 4 bytes    CRC-32 of everything before

import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { endianness } from 'node:os';
import { crc32 } from 'node:zlib';
import { FUNCTIONS } from '../options/options.ts';
import type { GivenOptions, ReadOptions, VectorizerKind } from '../options/read-options.ts';
import { sharedBytes } from '../terms/shared-arrays.ts';
import type { Model } from './model.ts';
import { Vocabulary } from './vocabulary.ts';

const MAGIC = Buffer.from('tf-idf\r\n', 'latin1');
/** Version 1 had TF-IDF of words alone, and a tokenizer as its only function; it can be read still. */
const VERSION = 2;
const PRELUDE = 24;
const CHECKSUM = 4;
/** Reads and checksums go through so many bytes at a time: more than 2 GiB at once are refused by the system. */
const PIECE = 2 ** 28;

const KINDS = { uint8: Uint8Array, uint32: Uint32Array, int32: Int32Array, float64: Float64Array } as const;
type Kind = keyof typeof KINDS;
type Arrays = Record<string, Uint8Array | Uint32Array | Int32Array | Float64Array | undefined>;

interface Header {
  readonly kind?: VectorizerKind;
  readonly options: GivenOptions;
  readonly pattern: { source: string; flags: string } | null;
  /** The options that were functions. */
  readonly functions?: readonly string[];
  /** Version 1: whether there was a tokenizer. */
  readonly tokenizer?: boolean;
  /** Whether the vocabulary was given, so that fitting again learns none. */
  readonly given: boolean;
  readonly width: number;
  readonly arrays: readonly { name: string; kind: Kind; start: number; length: number }[];
}

/** What of a vectorizer is saved besides its model. */
export type Saved = Pick<ReadOptions, 'settings' | 'preparation' | 'functions'> & { readonly kind: VectorizerKind };

/**
 * Writes a model and the options of its vectorizer.
 *
 * @throws an error of the file system; nothing is left behind then, and an older file stays as it was
 */
export async function writeModel(file: string, saved: Saved, { vocabulary, idf }: Model): Promise<void> {
  expectLittleEndian();
  const { tokenPattern, vocabulary: given } = saved.settings;
  const { tokens, width, grams } = vocabulary.terms;
  const arrays: Arrays = { bytes: tokens.bytes, starts: tokens.starts, grams, columns: vocabulary.columns, idf };
  const identity = {
    kind: saved.kind,
    options: optionsOf(saved),
    pattern: tokenPattern === undefined ? null : { source: tokenPattern.source, flags: tokenPattern.flags },
    functions: saved.functions,
    given: given !== undefined,
    width,
  };
  await writeWhole(file, layOut(identity, arrays));
}

/** The options that JSON can hold, of those that a vectorizer of this kind has. */
function optionsOf({ settings, preparation, kind }: Saved): GivenOptions {
  const { analyzer, lowercase, stripAccents = null, stopWords, ngramRange } = settings;
  const { minDf, maxDf, maxFeatures = null, binary, useIdf, smoothIdf, sublinearTf, norm } = settings;
  const { decodeError } = preparation;
  const given = stopWords.length === 0 ? {} : { stopWords }; // not where it would be of no use
  const terms = { analyzer, lowercase, stripAccents, ...given, ngramRange, decodeError };
  const columns = { minDf, maxDf, maxFeatures, binary };
  return { ...terms, ...columns, ...(kind === 'TfidfVectorizer' && { useIdf, smoothIdf, sublinearTf, norm }) };
}

/** The pieces of the file in their order. */
function layOut(identity: Omit<Header, 'arrays'>, arrays: Arrays): Uint8Array[] {
  const entries: { name: string; kind: Kind; start: number; length: number }[] = [];
  const pieces: Uint8Array[] = [];
  let end = 0; // of the arrays, from where they begin
  for (const [name, array] of Object.entries(arrays)) {
    if (array === undefined) continue;
    const kind = (Object.keys(KINDS) as Kind[]).find((one) => array instanceof KINDS[one])!;
    entries.push({ name, kind, start: end, length: array.length });
    const padded = roundUp(array.byteLength);
    pieces.push(
      new Uint8Array(array.buffer, array.byteOffset, array.byteLength),
      new Uint8Array(padded - array.byteLength),
    );
    end += padded;
  }
  const json = Buffer.from(JSON.stringify({ ...identity, arrays: entries } satisfies Header));
  const header = Buffer.alloc(roundUp(json.length), ' ');
  json.copy(header);
  const prelude = Buffer.alloc(PRELUDE);
  MAGIC.copy(prelude);
  prelude.writeUInt32LE(VERSION, 8);
  prelude.writeUInt32LE(header.length, 12);
  prelude.writeDoubleLE(PRELUDE + header.length + end + CHECKSUM, 16);
  const whole = [prelude, header, ...pieces];
  const checksum = Buffer.alloc(CHECKSUM);
  checksum.writeUInt32LE(whole.reduce(checksumOf, 0));
  return [...whole, checksum];
}

function roundUp(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}

function checksumOf(before: number, bytes: Uint8Array): number {
  let checksum = before;
  for (let at = 0; at < bytes.length; at += PIECE) checksum = crc32(bytes.subarray(at, at + PIECE), checksum);
  return checksum;
}

async function writeWhole(file: string, pieces: readonly Uint8Array[]): Promise<void> {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await using handle = await open(temporary, 'wx');
    for (const piece of pieces) {
      for (let at = 0; at < piece.length;)
        at += (await handle.write(piece, at, Math.min(PIECE, piece.length - at))).bytesWritten;
    }
    await handle.sync();
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await rename(temporary, file);
}

/**
 * Reads a model and the options of its vectorizer, to which the given ones are to be added.
 *
 * @param vectorizer what the file is expected to hold
 * @param given the options for the loaded vectorizer, with the functions that it had
 * @throws Error in one line where the file is no whole, undamaged model of this kind, or a function is not given
 */
export async function readModel(
  file: string,
  vectorizer: VectorizerKind,
  given: GivenOptions,
): Promise<{ options: GivenOptions; model: Model }> {
  expectLittleEndian();
  const { bytes, headerLength } = await readWhole(file);
  const start = PRELUDE + headerLength;
  const header = JSON.parse(Buffer.from(bytes.subarray(PRELUDE, start)).toString()) as Header;
  if ((header.kind ?? 'TfidfVectorizer') !== vectorizer) {
    throw new Error(`Expected '${file}' to be a saved ${vectorizer}, got a ${header.kind}`);
  }
  expectFunctions(file, header.functions ?? (header.tokenizer ? ['tokenizer'] : []), given);
  const arrays = Object.fromEntries(
    header.arrays.map(({ name, kind, start: at, length }) => [
      name,
      new KINDS[kind](bytes.buffer as ArrayBuffer, bytes.byteOffset + start + at, length),
    ]),
  ) as { bytes: Uint8Array; starts: Uint32Array; grams?: Int32Array; columns?: Int32Array; idf?: Float64Array };
  const terms = {
    tokens: { bytes: arrays.bytes, starts: arrays.starts },
    width: header.width,
    grams: arrays.grams,
  };
  const vocabulary = new Vocabulary(terms, arrays.columns);
  const { pattern } = header;
  const options = {
    ...header.options,
    ...(pattern !== null && { tokenPattern: new RegExp(pattern.source, pattern.flags) }),
    ...(header.given && { vocabulary: Array.from({ length: vocabulary.size }, (_, n) => vocabulary.textOf(n)) }),
  };
  return { options, model: { vocabulary, idf: arrays.idf } };
}

/** A function that was not there before would make other terms, and one that is missing too. */
function expectFunctions(file: string, functions: readonly string[], given: GivenOptions): void {
  for (const name of FUNCTIONS) {
    const isGiven = given[name] !== undefined;
    if (isGiven === functions.includes(name)) continue;
    throw new Error(
      isGiven
        ? `Expected no \`${name}\`, since '${file}' was fitted without, got one`
        : `Expected the \`${name}\` that '${file}' was fitted with, got none`,
    );
  }
}

async function readWhole(file: string): Promise<{ bytes: Uint8Array; headerLength: number }> {
  await using handle = await open(file, 'r');
  const { size } = await handle.stat();
  const prelude = Buffer.alloc(PRELUDE);
  await handle.read(prelude, 0, PRELUDE, 0);
  if (!prelude.subarray(0, MAGIC.length).equals(MAGIC))
    throw new Error(`Expected '${file}' to be a saved TF-IDF model, it is not`);
  if (size < PRELUDE)
    throw new Error(`Expected '${file}' to be ${PRELUDE} bytes long or more, got ${size}: it is not whole`);
  const version = prelude.readUInt32LE(8);
  if (version < 1 || version > VERSION) {
    throw new Error(`Expected '${file}' to be a model of version 1 to ${VERSION}, got version ${version}`);
  }
  const expected = prelude.readDoubleLE(16);
  if (size !== expected)
    throw new Error(`Expected '${file}' to be ${expected} bytes long, got ${size}: it is not whole`);
  const bytes = sharedBytes(size);
  for (let at = 0; at < size;) {
    const { bytesRead } = await handle.read(bytes, at, Math.min(PIECE, size - at), at);
    if (bytesRead === 0) throw new Error(`Expected '${file}' to be ${size} bytes long, it ended at ${at}`);
    at += bytesRead;
  }
  const stored = Buffer.from(bytes.buffer).readUInt32LE(size - CHECKSUM);
  if (checksumOf(0, bytes.subarray(0, size - CHECKSUM)) !== stored) {
    throw new Error(`Expected '${file}' to have the checksum that it was written with, got another: it is damaged`);
  }
  return { bytes, headerLength: prelude.readUInt32LE(12) };
}

function expectLittleEndian(): void {
  if (endianness() !== 'LE') throw new Error('Expected a little-endian machine to save or load a model on');
}
