// A number for every document.

import type { IndexSource } from './source.ts';

/** How many words each document has. */
export function lengthsOf(source: IndexSource): Uint32Array {
  const view = viewOf(source, 'lengths');
  return Uint32Array.from({ length: source.totals.documents }, (_, n) => view.getUint32(n * 4, true));
}

/** The length of each document's vector of TF-IDF. */
export function normsOf(source: IndexSource): Float64Array {
  const view = viewOf(source, 'norms');
  return Float64Array.from({ length: source.totals.documents }, (_, n) => view.getFloat64(n * 8, true));
}

function viewOf(source: IndexSource, part: 'lengths' | 'norms'): DataView {
  const bytes = source.read(part, 0, source.size(part));
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
