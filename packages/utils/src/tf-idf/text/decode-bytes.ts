// Bytes to text, where they may be no UTF-8.

import { isUtf8 } from 'node:buffer';

/**
 * What becomes of bytes that are not UTF-8: 'strict' refuses the document, 'replace' makes U+FFFD of each ill-formed
 * sequence, 'ignore' leaves them out. The sequences are those of Python and of the WHATWG's decoder: as long as they could
 * have become a character, one byte at least.
 */
export type DecodeError = 'strict' | 'replace' | 'ignore';

/** U+FFFD itself. Its first byte begins a character wherever it stands, so it cannot be a part of anything ill-formed. */
const REPLACEMENT = Buffer.from('\uFFFD').toString('latin1');

/** The text of the bytes, or the bytes as they are where they are UTF-8. Undefined where they are refused. */
export function decodeBytes(bytes: Uint8Array, errors: DecodeError): Uint8Array | string | undefined {
  if (isUtf8(bytes)) return bytes;
  if (errors === 'strict') return undefined;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (errors === 'replace') return buffer.toString();
  const pieces = buffer.toString('latin1').split(REPLACEMENT);
  return pieces.map((piece) => Buffer.from(piece, 'latin1').toString().replaceAll('\uFFFD', '')).join('\uFFFD');
}
