import { request } from 'undici';

/**
 * The body of an answer.
 *
 * @throws Error where the status is another than 200
 */
export async function download(url: string): Promise<ArrayBuffer> {
  const { statusCode, body } = await request(url);
  const bytes = await body.arrayBuffer();
  if (statusCode !== 200) throw new Error(`Expected status 200 of ${url}, got ${statusCode}`);
  return bytes;
}
