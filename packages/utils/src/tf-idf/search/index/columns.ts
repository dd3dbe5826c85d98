// A number for every document.

import type { IndexSource } from './source.ts';

/** How many words each document has. */
export function lengthsOf(source: IndexSource): Uint32Array {
  const view = viewOf(source, 'lengths');
  const lengths = new Uint32Array(source.totals.documents);
  for (let n = 0; n < lengths.length; n++) lengths[n] = view.getUint32(n * 4, true);
  return lengths;
}

/** The length of each document's vector of TF-IDF. */
export function normsOf(source: IndexSource): Float64Array {
  const view = viewOf(source, 'norms');
  const norms = new Float64Array(source.totals.documents);
  for (let n = 0; n < norms.length; n++) norms[n] = view.getFloat64(n * 8, true);
  return norms;
}

function viewOf(source: IndexSource, part: 'lengths' | 'norms'): DataView {
  const bytes = source.read(part, 0, source.size(part));
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
