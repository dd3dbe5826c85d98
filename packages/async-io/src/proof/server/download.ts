// Asks a test server for a document, and checks what comes.

import type { Dispatcher } from 'undici';
import { checkDocument } from './document.ts';

/** The server said that it has no room. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

/**
 * Asks for a document, and reads it to its end.
 *
 * @throws RefusedError where the status is 429 or 503, Error where it is another than 200 or the document is not right
 */
export async function download(client: Dispatcher, number: number): Promise<Buffer> {
  const { statusCode, body } = await client.request({ method: 'GET', path: `/document/${number}` });
  const bytes = Buffer.from(await body.arrayBuffer());
  if (statusCode === 503 || statusCode === 429) throw new RefusedError(`The server answered ${statusCode}`);
  if (statusCode !== 200) throw new Error(`Expected status 200, got ${statusCode}`);
  checkDocument(number, bytes);
  return bytes;
}
