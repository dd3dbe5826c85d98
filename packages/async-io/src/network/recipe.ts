// Claim      Requests that wait 20 ms each are answered L times as fast with L of them in flight, to within 10 %, up to 32,
//            on one thread that is idle nearly all of the time.
// Mechanism  A request that has been sent needs nothing of the thread until its answer comes. Waits overlap; the thread
//            works for a tenth of a millisecond a request. Over HTTP/1.1 a connection carries one request at a time, so
//            the pool's width is the limit; over HTTP/2 one connection carries them all.
// Use when   there are many requests to make: `limited`, with a width that the server agrees to.
// Do not     use `allAtOnce` on a list that has no known end, nor threads: they would only wait too.
// Run        pnpm tsx packages/async-io/src/main.ts network

import pLimit from 'p-limit';
import type { Dispatcher } from 'undici';
import { checkDocument } from '../proof/server/index.ts';

export type Download = (number: number) => Promise<Buffer>;

/** One request in flight. */
export async function inSequence(numbers: readonly number[], get: Download): Promise<Buffer[]> {
  const documents: Buffer[] = [];
  for (const number of numbers) documents.push(await get(number));
  return documents;
}

/** Every request in flight, as far as the client's connections reach. */
export function allAtOnce(numbers: readonly number[], get: Download): Promise<Buffer[]> {
  return Promise.all(numbers.map((number) => get(number)));
}

/** So many requests in flight: the next one starts when one is answered. */
export function limited(numbers: readonly number[], get: Download, width: number): Promise<Buffer[]> {
  const limit = pLimit(width);
  return Promise.all(numbers.map((number) => limit(() => get(number))));
}

/**
 * Asks for a document, and reads it to its end: a body that is not read keeps its connection.
 *
 * @param client an undici `Pool`, `Client` or `H2CClient` of the server
 * @throws Error where the status is another than 200, or the body is not that document
 */
export async function download(client: Dispatcher, number: number): Promise<Buffer> {
  const { statusCode, body } = await client.request({ method: 'GET', path: `/document/${number}` });
  const bytes = Buffer.from(await body.arrayBuffer());
  if (statusCode !== 200) throw new Error(`Expected status 200, got ${statusCode}`);
  checkDocument(number, bytes);
  return bytes;
}
