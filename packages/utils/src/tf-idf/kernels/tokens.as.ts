// @ts-nocheck AssemblyScript: the grammar of TypeScript, types and operations of WebAssembly. `pnpm kernels` compiles it.
//
// From UTF-8 to counted tokens of the default pattern, in four steps that each keep the processor's pipeline full: a document
// is normalised (lower case, and a zero for every byte that is of no token), 64 bytes at a time become a mask of where tokens
// begin and end, some hundred tokens get their hash, and those are looked up and counted, without a branch that depends on
// whether a token was in the document before. `token-kernel.ts` gives it its memory.

/** What the table of code points holds besides a word character's bytes: not looked at yet; of no token; see `normalise`. */
const UNSEEN: u32 = 0;
const APART: u32 = 1;
const WHOLE: u32 = 2;

/** A slot: the first 16 bytes of a token, its number + 1 (0: free), its length or the hash of its rest, its last pair. */
const SLOT: u32 = 32;
const KEY: u32 = 16;
const NUMBER: usize = 16;
const REST: usize = 20;
const PAIR: usize = 24;

/** A token that was found: where it begins, its length, the hash of it all, and what stands in a slot's REST. */
const FOUND: usize = 16;
/** So many bytes of edges are looked up at once: they and their tokens stay in the first cache. */
const FULL: usize = 4096;

@external('env', 'classify')
declare function classify(codePoint: u32): u32;
@external('env', 'growTable')
declare function growTable(): void;

// Places and sizes, set by the host before a document.
export let ascii: usize = 0; // what each byte of ASCII becomes
export let codePoints: usize = 0; // what each code point becomes, by fours
export let keyMasks: usize = 0; // for each length up to 16 so many bytes of ones
export let edges: usize = 0; // where tokens begin and end, two by two
export let found: usize = 0; // tokens to be looked up
export let slots: usize = 0;
export let mask: u32 = 0; // bytes of the table less a slot
export let most: u32 = 0; // tokens that the table takes
export let bytes: usize = 0; // of all tokens in the order of their numbers
export let starts: usize = 0; // where each token starts in them, one more than there are tokens
export let pairs: usize = 0; // of a token's number and its count; the first one has the number `base`
export let base: i32 = 0;
export let stops: u32 = 0; // tokens below this number are not counted

// Counted here.
export let count: u32 = 0; // tokens
export let length: i32 = 0; // pairs
export let start: i32 = 0; // the first pair of this document

/**
 * Writes a document with a zero for each character that is of no token.
 *
 * @param fold 32 to make capitals small, 0 to leave them
 * @returns where it ends, behind which 80 zeros stand; 0 where lower-casing depends on the neighbours of a character
 */
export function normalise(from: usize, end: usize, to: usize, fold: u8): usize {
  const folding = i8x16.splat(fold);
  while (from < end) {
    if (from + 16 <= end) {
      const text = v128.load(from);
      if (!i8x16.bitmask(text)) {
        v128.store(to, normaliseAscii(text, folding));
        from += 16;
        to += 16;
        continue;
      }
    }
    const stop = min(from + 16, end);
    do {
      const byte: u32 = load<u8>(from);
      if (byte < 0x80) {
        store<u8>(to, load<u8>(ascii + byte));
        from++;
        to++;
        continue;
      }
      const size = sizeBy(byte);
      const codePoint = decode(from, byte, size);
      let character = load<u32>(codePoints + (codePoint << 2));
      if (character == UNSEEN) character = classify(codePoint);
      if (character == WHOLE) return 0;
      if (character == APART) character = 0;
      store<u32>(to, character);
      to += (39 - clz(character | 1)) >> 3;
      from += size;
    } while (from < stop);
  }
  memory.fill(to, 0, 80);
  return to;
}

@inline
function normaliseAscii(text: v128, folding: v128): v128 {
  const small = v128.or(text, i8x16.splat(0x20));
  const letter = i8x16.lt_u(i8x16.sub(small, i8x16.splat(0x61)), i8x16.splat(26));
  const digit = i8x16.lt_u(i8x16.sub(text, i8x16.splat(0x30)), i8x16.splat(10));
  const other = v128.or(digit, i8x16.eq(text, i8x16.splat(0x5f)));
  return v128.or(v128.and(v128.or(text, folding), letter), v128.and(text, other));
}

/** Bytes of a character by its first one, which is not ASCII. */
@inline
function sizeBy(byte: u32): u32 {
  return 2 + u32(byte >= 0xe0) + u32(byte >= 0xf0);
}

@inline
function decode(at: usize, byte: u32, size: u32): u32 {
  const second: u32 = load<u8>(at, 1) & 0x3f;
  if (size == 2) return ((byte & 0x1f) << 6) | second;
  const third: u32 = load<u8>(at, 2) & 0x3f;
  if (size == 3) return ((byte & 0x0f) << 12) | (second << 6) | third;
  return ((byte & 0x07) << 18) | (second << 12) | (third << 6) | (load<u8>(at, 3) & 0x3f);
}

/** Counts the tokens of a document that `normalise` wrote. */
export function split(from: usize, end: usize): void {
  start = length;
  let carry: u64 = 0;
  let edge = edges;
  for (let at = from; at <= end; at += 64) {
    const inside = ~zeros(at);
    const turns = inside ^ ((inside << 1) | carry);
    carry = inside >> 63;
    edge = writeEdges(turns, u32(at), edge);
    if (edge - edges < FULL) continue;
    const odd = (edge - edges) & 4;
    look(edge - odd);
    if (odd) store<u32>(edges, load<u32>(edge - 4));
    edge = edges + odd;
  }
  look(edge);
}

/** The zeros among 64 bytes, as bits. */
@inline
function zeros(at: usize): u64 {
  const zero = i8x16.splat(0);
  const low = u64(i8x16.bitmask(i8x16.eq(v128.load(at), zero)));
  const second = u64(i8x16.bitmask(i8x16.eq(v128.load(at, 16), zero)));
  const third = u64(i8x16.bitmask(i8x16.eq(v128.load(at, 32), zero)));
  const high = u64(i8x16.bitmask(i8x16.eq(v128.load(at, 48), zero)));
  return low | (second << 16) | (third << 32) | (high << 48);
}

/** Writes the places of the bits: sixteen whether there are so many or not, since a loop's end is hard to foresee. */
@inline
function writeEdges(turns: u64, at: u32, edge: usize): usize {
  const behind = edge + (usize(popcnt(turns)) << 2);
  let rest = turns;
  for (let n: usize = 0; n < 4; n++) {
    store<u32>(edge, at + u32(ctz(rest)));
    rest &= rest - 1;
    store<u32>(edge, at + u32(ctz(rest)), 4);
    rest &= rest - 1;
    store<u32>(edge, at + u32(ctz(rest)), 8);
    rest &= rest - 1;
    store<u32>(edge, at + u32(ctz(rest)), 12);
    rest &= rest - 1;
    edge += 16;
  }
  for (; rest != 0; rest &= rest - 1, edge += 4) store<u32>(edge, at + u32(ctz(rest)));
  return behind;
}

/** Looks up the tokens between the edges and counts them. */
function look(end: usize): void {
  countAll(hashAll(end));
}

/** The tokens of two characters and more, each with its hash. Returns where they end. */
function hashAll(end: usize): usize {
  let to = found;
  for (let edge = edges; edge < end; edge += 8) {
    const from = load<u32>(edge);
    const size = load<u32>(edge, 4) - from;
    const rest = size <= KEY ? size : hashRest(from, size);
    store<u32>(to, from);
    store<u32>(to, size, 4);
    store<u32>(to, hash(keyOf(from, size), rest), 8);
    store<u32>(to, rest, 12);
    to += usize(size > 1) << 4;
    const byte: u32 = load<u8>(from);
    if (byte >= 0x80 && size == sizeBy(byte)) to -= FOUND;
  }
  return to;
}

@inline
function keyOf(from: usize, size: u32): v128 {
  return v128.and(v128.load(from), v128.load(keyMasks + (usize(min(size, KEY)) << 4)));
}

/** Multiplications whose high bits are folded onto the low ones (constants: xxHash64's primes, Yann Collet). */
@inline
function hash(key: v128, rest: u32): u32 {
  let sum = i64x2.extract_lane(key, 0) * 0x9e3779b185ebca87;
  sum ^= rotl(i64x2.extract_lane(key, 1) * 0xc2b2ae3d27d4eb4f, 31);
  sum = (sum ^ (sum >>> 32)) + i64(rest);
  return u32((sum * 0x165667b19e3779f9) >>> 30);
}

/** Of what a token has beyond 16 bytes; no length of a shorter one is as great. */
function hashRest(from: usize, size: u32): u32 {
  const end = from + size;
  let sum: u64 = size;
  for (let at = from + KEY; at + 8 <= end; at += 8) sum = (rotl(sum, 27) ^ load<u64>(at)) * 0x9e3779b185ebca87;
  sum = (rotl(sum, 27) ^ load<u64>(end - 8)) * 0x9e3779b185ebca87;
  return u32(sum >>> 32) | 0x80000000;
}

function countAll(end: usize): void {
  let pair = length;
  for (let token = found; token < end; token += FOUND) {
    const slot = slotOf(token);
    if (load<u32>(slot, NUMBER) <= stops) continue;
    pair = countSlot(slot, pair);
  }
  length = pair;
}

/** One more of the token. Returns the number of the next pair. */
@inline
function countSlot(slot: usize, next: i32): i32 {
  const known = load<i32>(slot, PAIR);
  const again = known >= start;
  const pair = select(known, next, again);
  const at = pairs + (usize(pair - base) << 3);
  store<i32>(slot, pair, PAIR);
  store<u32>(at, load<u32>(slot, NUMBER) - 1);
  store<u32>(at, (load<u32>(at, 4) & (0 - u32(again))) + 1, 4);
  return next + i32(!again);
}

/** The slot of a token, found or new. */
@inline
function slotOf(token: usize): usize {
  const from: usize = load<u32>(token);
  const size = load<u32>(token, 4);
  const rest = load<u32>(token, 12);
  const key = keyOf(from, size);
  let place = load<u32>(token, 8) & mask;
  while (true) {
    const slot = slots + place;
    const number = load<u32>(slot, NUMBER);
    if (!number) return insert(slot, from, size, load<u32>(token, 8), rest);
    if (load<u32>(slot, REST) == rest && i8x16.all_true(i8x16.eq(key, v128.load(slot)))) {
      if (size <= KEY || isRest(number - 1, from, size)) return slot;
    }
    place = (place + SLOT) & mask;
  }
}

function isRest(number: u32, from: usize, size: u32): bool {
  const entry = starts + (usize(number) << 2);
  const other: usize = load<u32>(entry);
  if (load<u32>(entry, 4) - u32(other) != size) return false;
  return memory.compare(bytes + other + KEY, from + KEY, size - KEY) == 0;
}

function insert(slot: usize, from: usize, size: u32, hash: u32, rest: u32): usize {
  const entry = starts + (usize(count) << 2);
  const at = load<u32>(entry);
  memory.copy(bytes + at, from, size);
  store<u32>(entry, at + size, 4);
  v128.store(slot, keyOf(from, size));
  store<u32>(slot, rest, REST);
  store<i32>(slot, -1, PAIR);
  store<u32>(slot, ++count, NUMBER);
  if (count < most) return slot;
  growTable();
  let place = hash & mask;
  while (load<u32>(slots + place, NUMBER) != count) place = (place + SLOT) & mask;
  return slots + place;
}

/** Numbers tokens of a vocabulary or a list of stop words; 16 bytes more are behind the last. */
export function add(from: usize, fromStarts: usize, tokens: u32): void {
  for (let n: u32 = 0; n < tokens; n++) {
    const entry = fromStarts + (usize(n) << 2);
    const at = from + load<u32>(entry);
    const size = load<u32>(entry, 4) - load<u32>(entry);
    const rest = size <= KEY ? size : hashRest(at, size);
    store<u32>(found, u32(at));
    store<u32>(found, size, 4);
    store<u32>(found, hash(keyOf(at, size), rest), 8);
    store<u32>(found, rest, 12);
    slotOf(found);
  }
}

/** Moves what is in an old table, of so many bytes, into the new one. */
export function rehash(old: usize, size: u32): void {
  for (let from = old; from < old + size; from += SLOT) {
    const number = load<u32>(from, NUMBER);
    if (!number) continue;
    let place = hash(v128.load(from), load<u32>(from, REST)) & mask;
    while (load<u32>(slots + place, NUMBER)) place = (place + SLOT) & mask;
    v128.store(slots + place, v128.load(from));
    v128.store(slots + place, v128.load(from, 16), 16);
  }
}
