// @ts-nocheck AssemblyScript: the grammar of TypeScript, types and operations of WebAssembly. `pnpm kernels` compiles it.
//
// From the counts of a document to its row. The terms of one document are few, so they are sorted twice while they are in the
// first cache: by rank, which is the order in which a norm is summed, and by column, which is the order of the row.

/** A term of a document: its rank, its column, its value. */
const ENTRY: usize = 16;
const SMALL: usize = 24;
const NONE: u32 = 0xffffffff;

/** Of each term by its number 16 bytes: idf, rank, column. */
export let terms: usize = 0;
/** The weight of a term by its count. */
export let weights: usize = 0;
/** Room for the entries of the longest document, twice, and for 256 counts. */
export let entries: usize = 0;
export let others: usize = 0;
export let counts: usize = 0;
/** Bits of the greatest rank and the greatest column. */
export let bits: u32 = 0;
/** 0: none, 1: l1, 2: l2. */
export let norm: i32 = 0;
/** Whether a norm is summed from the last rank to the first. */
export let descending: bool = true;

/** Writes the row of `count` pairs: columns, ascending, and values. Returns its entries. */
export function write(pairs: usize, count: u32, columns: usize, values: usize): u32 {
  const end = gather(pairs, count);
  const divisor = norm == 0 ? 1 : sumUp(sortBy(0, entries, end), end - entries);
  const sorted = sortBy(4, entries, end);
  const size = end - entries;
  for (let at = sorted; at < sorted + size; at += ENTRY) {
    store<u32>(columns, load<u32>(at, 4));
    store<f64>(values, load<f64>(at, 8) / divisor);
    columns += 4;
    values += 8;
  }
  return u32(size / ENTRY);
}

function gather(pairs: usize, count: u32): usize {
  let to = entries;
  for (let at = pairs; at < pairs + (usize(count) << 3); at += 8) {
    const term = terms + (usize(load<u32>(at)) << 4);
    const column = load<u32>(term, 12);
    store<u32>(to, load<u32>(term, 8));
    store<u32>(to, column, 4);
    store<f64>(to, load<f64>(weights + (usize(load<u32>(at, 4)) << 3)) * load<f64>(term), 8);
    to += select<usize>(0, ENTRY, column == NONE);
  }
  return to;
}

/** The divisor of the values: their sum, or the root of the sum of their squares; 1 where that is 0. */
function sumUp(sorted: usize, size: usize): f64 {
  let sum: f64 = 0;
  for (let n: usize = 0; n < size; n += ENTRY) {
    const value = load<f64>(sorted + (descending ? size - ENTRY - n : n), 8);
    sum += norm == 1 ? value : value * value;
  }
  if (sum == 0) return 1;
  return norm == 1 ? sum : sqrt(sum);
}

/** Sorts by the number at `key` in each entry; returns where they are now. */
function sortBy(key: usize, from: usize, end: usize): usize {
  if (end - from <= SMALL * ENTRY) {
    sortByInsertion(key, from, end);
    return from;
  }
  const passes = (bits + 7) / 8;
  const width = (bits + passes - 1) / passes;
  const size = end - from;
  let to = others;
  for (let shift: u32 = 0; shift < bits; shift += width) {
    pass(key, from, size, to, shift, width);
    const swap = from;
    from = to;
    to = swap;
  }
  return from;
}

function pass(key: usize, from: usize, size: usize, to: usize, shift: u32, width: u32): void {
  const mask: u32 = (1 << width) - 1;
  memory.fill(counts, 0, usize(mask + 1) << 2);
  for (let at = from; at < from + size; at += ENTRY) {
    const place = counts + (usize((load<u32>(at + key) >> shift) & mask) << 2);
    store<u32>(place, load<u32>(place) + u32(ENTRY));
  }
  let next = u32(to);
  for (let place = counts; place <= counts + (usize(mask) << 2); place += 4) {
    const taken = load<u32>(place);
    store<u32>(place, next);
    next += taken;
  }
  for (let at = from; at < from + size; at += ENTRY) {
    const place = counts + (usize((load<u32>(at + key) >> shift) & mask) << 2);
    const target: usize = load<u32>(place);
    store<u32>(place, u32(target) + u32(ENTRY));
    v128.store(target, v128.load(at));
  }
}

function sortByInsertion(key: usize, from: usize, end: usize): void {
  for (let at = from + ENTRY; at < end; at += ENTRY) {
    const entry = v128.load(at);
    const value = load<u32>(at + key);
    let place = at;
    while (place > from && load<u32>(place - ENTRY + key) > value) {
      v128.store(place, v128.load(place - ENTRY));
      place -= ENTRY;
    }
    v128.store(place, entry);
  }
}
