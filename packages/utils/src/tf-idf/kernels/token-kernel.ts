// Counts tokens of the default pattern by the kernel of `tokens.as.ts`.

import type { Counted, Counter, Located } from '../count/counter.ts';
import { locateCounted } from '../count/locate-counted.ts';
import { TermCounts } from '../count/term-counts.ts';
import type { Settings } from '../options/options.ts';
import { encodeStrings } from '../terms/byte-strings.ts';
import type { ByteStrings } from '../terms/byte-strings.ts';
import { identity, NONE } from '../terms/terms.ts';
import type { Terms } from '../terms/terms.ts';
import { hasLowerCase, isWord } from '../text/code-points.ts';
import { KernelMemory, Stretch } from './kernel-memory.ts';
import { sortTokens } from './sort-tokens.ts';
import { instantiate } from './web-assembly.ts';
import type { Variable } from './web-assembly.ts';

/** What `tokens.wasm` exports; see `tokens.as.ts`. */
interface Tokens extends Record<Place | Count, Variable> {
  normalise(from: number, end: number, to: number, fold: number): number;
  split(from: number, end: number): void;
  add(from: number, starts: number, tokens: number): void;
  rehash(old: number, size: number): void;
}
// prettier-ignore
type Place = 'ascii' | 'codePoints' | 'keyMasks' | 'edges' | 'found' | 'slots' | 'bytes' | 'starts' | 'pairs';
type Count = 'mask' | 'most' | 'base' | 'stops' | 'count' | 'length';

const SLOT = 32;
const FIRST_SLOTS = 4_096;
const PAIR = 8;
/** The codes of a code point in the kernel's table; others are the bytes of its lower case. */
const APART = 1;
const WHOLE = 2;
/** What lower-casing makes of these depends on their neighbours, or is more than one character. */
const CAPITAL_SIGMA = 0x3a3;
const CAPITAL_I_WITH_DOT = 0x130;
/** A lower case may take three bytes where the capital took two. */
const LONGEST = 1.5;
/** The kernel reads and writes so far beyond the end of a text. */
const BEYOND = 128;
/** Bytes that begin a token, and one behind it, are three at least. */
const BYTES_PER_TOKEN = 3;

/** Strings that can be tokens. */
const TOKEN = /^[\p{L}\p{N}_]{2,}$/u;

const encoder = new TextEncoder();

/** For single tokens: n-grams are left to the counter in TypeScript. */
export class TokenKernel implements Counter {
  readonly #memory = KernelMemory.borrow();
  readonly #tokens: Tokens;
  readonly #lowercase: boolean;
  /** Tokens below this number have that number in the vocabulary, and no other has one; undefined where that is not so. */
  readonly #known: number | undefined;
  readonly #stops: number;
  readonly #counts = new TermCounts();
  readonly #raw: Stretch;
  readonly #normalised: Stretch;
  readonly #bytes: Stretch;
  readonly #starts: Stretch;
  readonly #pairs: Stretch;
  #slots: number;

  constructor(settings: Settings, known?: ByteStrings) {
    const memory = this.#memory;
    this.#lowercase = settings.lowercase;
    this.#tokens = instantiate('tokens', memory.memory, {
      classify: (codePoint: number) => this.#classify(codePoint),
      growTable: () => this.#growTable(),
    }) as Tokens;
    this.#raw = new Stretch(memory, 2 ** 20 + BEYOND);
    this.#normalised = new Stretch(memory, 2 ** 16);
    this.#bytes = new Stretch(memory, 2 ** 16);
    this.#starts = new Stretch(memory, 2 ** 14);
    this.#pairs = new Stretch(memory, 2 ** 20);
    this.#slots = FIRST_SLOTS;
    this.#layOut();
    const numbersAreKnown = known !== undefined && settings.stopWords.length === 0;
    if (numbersAreKnown) this.#add(known);
    else this.#add(encodeStrings(settings.stopWords.filter((word) => TOKEN.test(word))));
    const { count, stops } = this.#tokens;
    this.#known = numbersAreKnown ? count.value : undefined;
    this.#stops = stops.value = numbersAreKnown ? 0 : count.value;
  }

  get numbered(): number {
    return this.#tokens.count.value;
  }

  count(bytes: Uint8Array, start: number, end: number): void {
    this.countBatch(bytes.subarray(start, end), Uint32Array.of(end - start), 1);
  }

  countBatch(bytes: Uint8Array, ends: Uint32Array, documents: number): void {
    const size = ends[documents - 1]!;
    const raw = this.#raw.reserve(size + BEYOND, 0);
    this.#memory.bytes.set(bytes.subarray(0, size), raw);
    this.#tokens.pairs.value = this.#pairs.reserve(PAIR * (Math.ceil(size / BYTES_PER_TOKEN) + documents), 0);
    this.#tokens.base.value = this.#counts.length;
    let start = 0;
    for (let document = 0; document < documents; document++) {
      this.#count(raw + start, raw + ends[document]!);
      this.#counts.endDocument(this.#tokens.length.value);
      start = ends[document]! + 1;
    }
    this.#counts.take(this.#memory.integers.subarray(this.#tokens.pairs.value >> 2), this.#tokens.length.value);
  }

  #count(from: number, end: number): void {
    const to = this.#normalised.reserve(LONGEST * (end - from) + BEYOND, 0);
    this.#makeRoom(Math.ceil(LONGEST * (end - from)));
    const fold = this.#lowercase ? 0x20 : 0;
    const stop = this.#tokens.normalise(from, end, to, fold) || this.#lowerWhole(from, end);
    this.#tokens.split(this.#normalised.place, stop);
  }

  /** By the engine: what lower-casing makes of some letters depends on their neighbours. Returns where it ends. */
  #lowerWhole(from: number, end: number): number {
    const text = Buffer.from(this.#memory.memory.buffer, from, end - from)
      .toString()
      .toLowerCase();
    const lowered = encoder.encode(text);
    const to = this.#normalised.reserve(LONGEST * lowered.length + BEYOND, 0);
    const at = this.#memory.allocate(lowered.length + BEYOND);
    this.#memory.bytes.set(lowered, at);
    this.#makeRoom(Math.ceil(LONGEST * lowered.length));
    const stop = this.#tokens.normalise(at, at + lowered.length, to, 0);
    this.#memory.release(at, lowered.length + BEYOND);
    return stop;
  }

  /** For the tokens of a document of so many bytes, should all of them be new. */
  #makeRoom(size: number): void {
    const { count, bytes, starts } = this.#tokens;
    const tokens = Math.ceil(size / BYTES_PER_TOKEN) + 1;
    const used = this.#memory.integers[(starts.value >> 2) + count.value]!;
    bytes.value = this.#bytes.reserve(used + size + BEYOND, used);
    starts.value = this.#starts.reserve(4 * (count.value + tokens + 1), 4 * (count.value + 1));
  }

  /** Numbers tokens before anything is counted. */
  #add({ bytes, starts }: ByteStrings): void {
    const count = starts.length - 1;
    const at = this.#memory.allocate(bytes.length + BEYOND);
    this.#memory.bytes.set(bytes, at);
    const startsAt = this.#memory.allocate(4 * starts.length);
    this.#memory.integers.set(starts, startsAt >> 2);
    this.#makeRoom(bytes.length + BYTES_PER_TOKEN * count);
    this.#tokens.add(at, startsAt, count);
    this.#memory.release(at, bytes.length + BEYOND);
    this.#memory.release(startsAt, 4 * starts.length);
  }

  #layOut(): void {
    const memory = this.#memory;
    const { ascii, codePoints, keyMasks, edges, found, slots, starts, bytes } = this.#tokens;
    ascii.value = memory.allocate(128);
    codePoints.value = memory.allocateZeros(4 * 0x11_00_00);
    keyMasks.value = memory.allocateZeros(17 * 16);
    edges.value = memory.allocate(2 ** 13);
    found.value = memory.allocate(2 ** 14);
    slots.value = memory.allocateZeros(this.#slots * SLOT);
    starts.value = this.#starts.place;
    memory.integers[starts.value >> 2] = 0;
    bytes.value = this.#bytes.place;
    for (let byte = 0; byte < 128; byte++) {
      const character = String.fromCharCode(byte);
      const meant = this.#lowercase ? character.toLowerCase() : character;
      memory.bytes[ascii.value + byte] = /\w/.test(character) ? meant.charCodeAt(0) : 0;
    }
    for (let size = 1; size <= 16; size++)
      memory.bytes.fill(255, keyMasks.value + 16 * size, keyMasks.value + 17 * size);
    this.#size();
  }

  #size(): void {
    this.#tokens.mask.value = (this.#slots - 1) * SLOT;
    this.#tokens.most.value = this.#slots / 2;
  }

  /** By 2, not more: the next look-ups find a larger table in no cache. */
  #growTable(): void {
    const old = this.#tokens.slots.value;
    const size = this.#slots * SLOT;
    this.#tokens.slots.value = this.#memory.allocateZeros(2 * size);
    this.#slots *= 2;
    this.#size();
    this.#tokens.rehash(old, size);
    this.#memory.release(old, size);
  }

  /** Enters a code point beyond ASCII that is met for the first time. */
  #classify(codePoint: number): number {
    const isSpecial = codePoint === CAPITAL_SIGMA || codePoint === CAPITAL_I_WITH_DOT;
    const code = this.#lowercase && isSpecial ? WHOLE : isWord(codePoint) ? this.#bytesOf(codePoint) : APART;
    this.#memory.integers[(this.#tokens.codePoints.value >> 2) + codePoint] = code;
    return code;
  }

  #bytesOf(codePoint: number): number {
    const character = String.fromCodePoint(codePoint);
    const bytes = encoder.encode(this.#lowercase && hasLowerCase(codePoint) ? character.toLowerCase() : character);
    return bytes.reduceRight((all, byte) => (all << 8) | byte, 0);
  }

  locate(vocabulary: Terms): Located {
    if (this.#known === undefined) return locateCounted(this, vocabulary);
    const found = identity(this.#tokens.count.value).fill(NONE, this.#known);
    this.#memory.giveBack();
    return { found, counts: this.#counts };
  }

  finish(): Counted {
    const { count, bytes, starts } = this.#tokens;
    const sorted = sortTokens(this.#memory, bytes.value, starts.value, this.#stops, count.value - this.#stops);
    this.#memory.giveBack();
    return { terms: { tokens: sorted.strings, width: 1 }, numbers: sorted.order, counts: this.#counts };
  }
}
