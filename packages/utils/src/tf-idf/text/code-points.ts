// The class of a code point beyond ASCII in the default pattern. The table is made from the engine's own Unicode data, 256 code
// points at a time when the first of them is met, so that both counters agree on any version of it.

const WORD = 1;
const LOWERS = 2;
const PAGE_BITS = 8;
const PAGE = 1 << PAGE_BITS;

const pages: (Uint8Array | undefined)[] = [];

/** Whether it is a letter, a number of any kind or '_'. */
export function isWord(codePoint: number): boolean {
  return (classOf(codePoint) & WORD) !== 0;
}

/** Whether lower-casing changes it, wherever it stands. */
export function hasLowerCase(codePoint: number): boolean {
  return (classOf(codePoint) & LOWERS) !== 0;
}

function classOf(codePoint: number): number {
  const page = pages[codePoint >>> PAGE_BITS] ?? makePage(codePoint >>> PAGE_BITS);
  return page[codePoint & (PAGE - 1)]!;
}

function makePage(number: number): Uint8Array {
  const page = Uint8Array.from({ length: PAGE }, (_, n) => {
    const character = String.fromCodePoint(number * PAGE + n);
    return (/[\p{L}\p{N}_]/u.test(character) ? WORD : 0) | (character.toLowerCase() === character ? 0 : LOWERS);
  });
  pages[number] = page;
  return page;
}

/** The code point whose well-formed UTF-8, of two bytes or more, begins at `at`. */
export function decodeAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!;
  const second = bytes[at + 1]! & 0x3f;
  if (lead < 0xe0) return ((lead & 0x1f) << 6) | second;
  const third = bytes[at + 2]! & 0x3f;
  if (lead < 0xf0) return ((lead & 0x0f) << 12) | (second << 6) | third;
  return ((lead & 0x07) << 18) | (second << 12) | (third << 6) | (bytes[at + 3]! & 0x3f);
}

/** Bytes of a code point by its first one. */
export function lengthAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!;
  return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}
