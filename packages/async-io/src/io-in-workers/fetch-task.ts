// One request, on whichever thread: the same for both.

import { request } from 'undici';

/**
 * The body of an answer.
 *
 * @throws Error where the status is another than 200; the signal's reason
 */
export default async function fetchBody(url: string, signal?: AbortSignal): Promise<Uint8Array> {
  const { statusCode, body } = await request(url, signal && { signal });
  const bytes = await body.bytes(); // read whatever the status: the connection is kept
  if (statusCode !== 200) throw new Error(`Expected status 200 of ${url}, got ${statusCode}`);
  return bytes;
}
