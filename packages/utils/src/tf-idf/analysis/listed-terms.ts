// Documents that a function has split already, on their way into a batch: UTF-8 with a byte behind each term that is in no
// UTF-8.

const END = 0xff;

/** @param terms well-formed */
export function encodeTerms(terms: readonly string[]): Uint8Array {
  let length = 0;
  for (const term of terms) length += Buffer.byteLength(term) + 1;
  const bytes = Buffer.allocUnsafe(length);
  let at = 0;
  for (const term of terms) {
    at += bytes.write(term, at);
    bytes[at++] = END;
  }
  return bytes;
}

/** The terms that `encodeTerms` made the bytes of. */
export function decodeTerms(bytes: Buffer): string[] {
  const terms: string[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(END, at);
    terms.push(bytes.toString('utf8', at, end));
    at = end + 1;
  }
  return terms;
}
