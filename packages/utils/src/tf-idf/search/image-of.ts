// From documents to an index.

import { encode } from './index/encode.ts';
import type { Image } from './index/layout.ts';
import { TokenStream } from './index/token-stream.ts';
import type { IndexedDocument } from './index/token-stream.ts';

/** The index of documents as it is written to a file. Throws the signal's reason when aborted. */
export async function imageOf(
  documents: Iterable<string | IndexedDocument> | AsyncIterable<string | IndexedDocument>,
  signal?: AbortSignal,
): Promise<Image> {
  const stream = new TokenStream();
  for await (const document of documents) {
    signal?.throwIfAborted();
    stream.add(typeof document === 'string' ? { text: document } : document);
  }
  return encode(stream);
}
