// One request to the server of the proofs, checked.

import type { Dispatcher } from 'undici';
import { checkDocument } from './server/index.ts';

/** An answer with another status than 200. */
export class StatusError extends Error {
  override readonly name = 'StatusError';
  readonly status: number;

  constructor(status: number) {
    super(`Expected status 200, got ${status}`);
    this.status = status;
  }
}

/**
 * Asks for a document, and reads it to its end: a body that is not read keeps its connection.
 *
 * @param client an undici `Pool` or `Client` of the server
 * @throws StatusError, the signal's reason, or an Error where the body is not that document
 */
export async function getDocument(client: Dispatcher, number: number, signal?: AbortSignal): Promise<Uint8Array> {
  const { statusCode, body } = await client.request({
    method: 'GET',
    path: `/document/${number}`,
    ...(signal && { signal }),
  });
  const bytes = await body.bytes();
  if (statusCode !== 200) throw new StatusError(statusCode);
  checkDocument(number, bytes);
  return bytes;
}
