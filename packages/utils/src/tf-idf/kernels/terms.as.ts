// @ts-nocheck AssemblyScript: the grammar of TypeScript, types and operations of WebAssembly. `pnpm kernels` compiles it.
//
// Sorts strings by their bytes, eight at a time: the bytes as one number of 64 bits beside the string's own number, sorted by
// counting (LSD radix sort), and what is equal in all eight again by the next eight. No string holds a zero byte, and each is
// different from the others.

/** A key and the number of its string. */
const ENTRY: usize = 16;
const SMALL: u32 = 24;

/** Strings: their bytes, with eight more behind the last, and where each starts, one more than there are. */
export let bytes: usize = 0;
export let starts: usize = 0;
/** Room for 8 times 256 counts, for as many entries as strings, twice, and for as many parts of three numbers as half of them. */
export let counts: usize = 0;
export let entries: usize = 0;
export let others: usize = 0;
export let parts: usize = 0;

/** Writes the numbers of the strings from `first` to `first + count` in the order of their bytes. */
export function sort(first: u32, count: u32, order: usize): void {
  for (let n: u32 = 0; n < count; n++) store<u32>(entries + usize(n) * ENTRY, first + n, 8);
  let waiting = parts;
  if (count > 1) waiting = put(waiting, 0, count, 0);
  while (waiting > parts) {
    waiting -= 12;
    waiting = sortPart(load<u32>(waiting), load<u32>(waiting, 4), load<u32>(waiting, 8), waiting);
  }
  for (let n: u32 = 0; n < count; n++) store<u32>(order + (usize(n) << 2), load<u32>(entries + usize(n) * ENTRY, 8));
}

@inline
function put(waiting: usize, from: u32, to: u32, depth: u32): usize {
  store<u32>(waiting, from);
  store<u32>(waiting, to, 4);
  store<u32>(waiting, depth, 8);
  return waiting + 12;
}

/** Sorts one part by the eight bytes at `depth`, and puts what is equal in them among the parts that wait. */
function sortPart(from: u32, to: u32, depth: u32, waiting: usize): usize {
  const first = entries + usize(from) * ENTRY;
  const end = entries + usize(to) * ENTRY;
  for (let at = first; at < end; at += ENTRY) store<u64>(at, keyAt(load<u32>(at, 8), depth));
  if (to - from <= SMALL) sortByInsertion(first, end);
  else sortByCounting(first, end);
  for (let at = first; at < end; ) {
    const key = load<u64>(at);
    let behind = at + ENTRY;
    while (behind < end && load<u64>(behind) == key) behind += ENTRY;
    if (behind - at > ENTRY) {
      waiting = put(waiting, u32((at - entries) / ENTRY), u32((behind - entries) / ENTRY), depth + 8);
    }
    at = behind;
  }
  return waiting;
}

/** Eight bytes from `depth` on, the first one highest, zeros for those that the string does not have. */
@inline
function keyAt(number: u32, depth: u32): u64 {
  const entry = starts + (usize(number) << 2);
  const from = load<u32>(entry) + depth;
  const end = load<u32>(entry, 4);
  if (from >= end) return 0;
  const key = bswap(load<u64>(bytes + from));
  const left = end - from;
  return left >= 8 ? key : key & (~(u64.MAX_VALUE >>> (left << 3)));
}

function sortByInsertion(first: usize, end: usize): void {
  for (let at = first + ENTRY; at < end; at += ENTRY) {
    const key = load<u64>(at);
    const number = load<u64>(at, 8);
    let place = at;
    while (place > first && load<u64>(place - ENTRY) > key) {
      store<u64>(place, load<u64>(place - ENTRY));
      store<u64>(place, load<u64>(place - ENTRY, 8), 8);
      place -= ENTRY;
    }
    store<u64>(place, key);
    store<u64>(place, number, 8);
  }
}

/** By each of the eight bytes, the last one first; those that all keys have in common are passed over. */
function sortByCounting(first: usize, end: usize): void {
  memory.fill(counts, 0, 8 * 1024);
  for (let at = first; at < end; at += ENTRY) {
    let key = load<u64>(at);
    for (let digit: usize = 0; digit < 8; digit++, key >>= 8) {
      const place = counts + (digit << 10) + (usize(key & 255) << 2);
      store<u32>(place, load<u32>(place) + 1);
    }
  }
  const all = u32((end - first) / ENTRY);
  let from = first;
  let to = others;
  for (let digit: usize = 0; digit < 8; digit++) {
    const digits = counts + (digit << 10);
    const shift = u64(digit << 3);
    if (load<u32>(digits + (usize((load<u64>(from) >> shift) & 255) << 2)) == all) continue;
    let next = u32(to);
    for (let at = digits; at < digits + 1024; at += 4) {
      const size = load<u32>(at) << 4;
      store<u32>(at, next);
      next += size;
    }
    const behind = from + usize(all) * ENTRY;
    for (let at = from; at < behind; at += ENTRY) {
      const key = load<u64>(at);
      const place = digits + (usize((key >> shift) & 255) << 2);
      const target: usize = load<u32>(place);
      store<u32>(place, u32(target) + u32(ENTRY));
      store<u64>(target, key);
      store<u64>(target, load<u64>(at, 8), 8);
    }
    const swap = from;
    from = to;
    to = swap;
  }
  if (from != first) memory.copy(first, from, usize(all) * ENTRY);
}

/** Copies strings in an order to `to`, where they start to `toStarts`. Returns the bytes. */
export function arrange(order: usize, count: u32, to: usize, toStarts: usize): u32 {
  let length: u32 = 0;
  for (let n: u32 = 0; n < count; n++) {
    const entry = starts + (usize(load<u32>(order + (usize(n) << 2))) << 2);
    const from = load<u32>(entry);
    const size = load<u32>(entry, 4) - from;
    store<u32>(toStarts + (usize(n) << 2), length);
    // Eight bytes at once, more than there are at the end: the next string is written over them.
    for (let at: u32 = 0; at < size; at += 8) store<u64>(to + length + at, load<u64>(bytes + from + at));
    length += size;
  }
  store<u32>(toStarts + (usize(count) << 2), length);
  return length;
}
