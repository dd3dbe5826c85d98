// One request, in whichever thread: the same for both.

import { request } from 'undici';
import { checkDocument } from '../proof/server/index.ts';

/**
 * Fetches a document and checks it. Resolves with 1, to be counted.
 *
 * @throws Error where it is not the document
 */
export default async function fetchDocument(url: string): Promise<number> {
  const { body } = await request(url);
  checkDocument(Number(url.split('/').at(-1)), await body.bytes());
  return 1;
}
