// What the server answers: a body that follows from its number, so that a client can check it.

/** Bytes of a body where no other size is asked for. */
export const BODY_BYTES = 256;

/** 32 letters, so that 5 random bits choose one: a to z, and spaces often enough for words. */
const LETTERS = Buffer.from('abcdefghijklmnopqrstuvwxyz      ');

/**
 * The document of a number: its number in words, then letters and spaces that follow from it.
 *
 * The letters come from xorshift32 (Marsaglia, Xorshift RNGs, 2003, the triple 13, 17, 5), six from a word.
 *
 * @param bytes the size of the body; the text is cut there
 */
export function documentOf(number: number, bytes: number = BODY_BYTES): Buffer {
  const body = Buffer.allocUnsafe(bytes);
  let at = body.write(`document ${number}\n`, 'latin1');
  let state = (Math.imul(number, 0x9e3779b1) ^ 0x2545f491) >>> 0 || 1;
  while (at < bytes) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    for (let bits = 0; bits < 30 && at < bytes; bits += 5) body[at++] = LETTERS[(state >>> bits) & 31]!;
  }
  return body;
}

/**
 * @throws Error where the body is not that of the document: a time that was spent on a wrong answer is no measurement
 */
export function checkDocument(number: number, body: Uint8Array, bytes: number = BODY_BYTES): void {
  if (body.length !== bytes) throw new Error(`Expected document ${number} to have ${bytes} bytes, got ${body.length}`);
  if (!documentOf(number, bytes).equals(body)) {
    throw new Error(`Expected the text of document ${number}, got another that begins ${JSON.stringify(start(body))}`);
  }
}

function start(body: Uint8Array): string {
  return Buffer.from(body.subarray(0, 24)).toString('latin1');
}
