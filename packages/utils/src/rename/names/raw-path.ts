// File names are bytes; JavaScript has text. Inside the renamer a path is a string with one character for each byte
// ("raw"), which every name survives. Text, JSON and the terminal each have their own view of it.

import { isUtf8 } from 'node:buffer';

/** A path or name with one character (0 to 255) for each of its bytes, and '/' between its parts. */
export type RawPath = string;

const NOT_ASCII = /[\u0080-\uffff]/;

/** A path for `node:fs`: a string where that has the same bytes, which is cheaper, and bytes where it has not. */
export function toSystem(raw: RawPath): string | Buffer {
  return NOT_ASCII.test(raw) ? Buffer.from(raw, 'latin1') : raw;
}

/**
 * The name as text for patterns. A byte that is not part of valid UTF-8 becomes a lone surrogate, U+DC80 to U+DCFF, and
 * `toRaw` makes it the same byte again (the method of Python's PEP 383).
 */
export function toText(raw: RawPath): string {
  if (!NOT_ASCII.test(raw)) return raw;
  const bytes = Buffer.from(raw, 'latin1');
  if (isUtf8(bytes)) return bytes.toString('utf8');
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const length = [1, 2, 3, 4].find((bytesLong) => isUtf8(bytes.subarray(at, at + bytesLong))) ?? 0;
    text += length === 0 ? String.fromCharCode(0xdc00 + bytes[at]!) : bytes.toString('utf8', at, at + length);
    at += Math.max(1, length);
  }
  return text;
}

/** The bytes of a text; undefined where it holds a lone surrogate that `toText` did not put there. */
export function toRaw(text: string): RawPath | undefined {
  if (!NOT_ASCII.test(text)) return text;
  if (text.isWellFormed()) return Buffer.from(text, 'utf8').toString('latin1');
  let raw = '';
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code >= 0xdc80 && code <= 0xdcff) raw += String.fromCharCode(code - 0xdc00);
    else if (code >= 0xd800 && code <= 0xdfff) return undefined;
    else raw += Buffer.from(character, 'utf8').toString('latin1');
  }
  return raw;
}

const BYTES = 'b64:';

/** The name as it stands in JSON: text, or 'b64:' and the bytes in base64 where it is not UTF-8 or begins like that. */
export function toJsonName(raw: RawPath): string {
  if (!NOT_ASCII.test(raw) && !raw.startsWith(BYTES)) return raw;
  const bytes = Buffer.from(raw, 'latin1');
  return isUtf8(bytes) && !raw.startsWith(BYTES) ? bytes.toString('utf8') : BYTES + bytes.toString('base64');
}

/** The name that JSON meant; undefined where it is ill-formed text or no base64. */
export function fromJsonName(name: string): RawPath | undefined {
  if (!name.startsWith(BYTES)) return name.isWellFormed() ? toRaw(name) : undefined;
  const base64 = name.slice(BYTES.length);
  const bytes = Buffer.from(base64, 'base64');
  return bytes.toString('base64') === base64 ? bytes.toString('latin1') : undefined;
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The name for people: control and invisible characters are written as escapes, a wrong byte as '\xff'. */
export function show(raw: RawPath): string {
  return toText(raw).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\\]/gu, (character) => {
    const code = character.codePointAt(0)!;
    if (code >= 0xdc80 && code <= 0xdcff) return `\\x${(code - 0xdc00).toString(16)}`;
    return SHORT_ESCAPES[character] ?? `\\u{${code.toString(16)}}`;
  });
}

/** The inverse of `show`; undefined where an escape is not one of its own. */
export function unshow(shown: string): RawPath | undefined {
  let raw: RawPath | undefined = '';
  for (const [part] of shown.matchAll(/\\x[89a-f][0-9a-f]|\\u\{[0-9a-f]{1,6}\}|\\[\\nrt]|\\|[^\\]+/g)) {
    const piece = readPiece(part);
    if (piece === undefined) return undefined;
    raw += piece;
  }
  return raw;
}

function readPiece(part: string): RawPath | undefined {
  if (!part.startsWith('\\')) return toRaw(part);
  if (part.startsWith('\\x')) return String.fromCharCode(Number.parseInt(part.slice(2), 16));
  if (part.startsWith('\\u')) {
    const code = Number.parseInt(part.slice(3), 16);
    return code > 0x10ffff ? undefined : toRaw(String.fromCodePoint(code));
  }
  return Object.keys(SHORT_ESCAPES).find((character) => SHORT_ESCAPES[character] === part);
}

/** The folder part of a path, '' where it has none. */
export function parentOf(path: RawPath): RawPath {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

/** The last part of a path. */
export function baseOf(path: RawPath): RawPath {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** 'a/b/c' has the ancestors 'a/b' and 'a'. */
export function ancestors(path: RawPath): RawPath[] {
  const parent = parentOf(path);
  return parent === '' ? [] : [parent, ...ancestors(parent)];
}

/** A path of a folder and a name in it; the top folder is ''. */
export function within(folder: RawPath, name: RawPath): RawPath {
  return folder === '' ? name : `${folder}/${name}`;
}

/** The form that two names share on a system that ignores case and Unicode's two spellings of one letter. */
export function fold(raw: RawPath): string {
  return toText(raw).normalize('NFC').toLowerCase();
}

/** A path of the program's own, in text, as raw bytes. */
export function fromPath(path: string): RawPath {
  return Buffer.from(path).toString('latin1');
}
