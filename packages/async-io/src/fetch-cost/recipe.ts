// Claim      undici's `fetch` takes at least 1.3 times the CPU time of its `request` for the same answer.
// Mechanism  `fetch` builds the web's requests, headers and streams for each answer.
// Use when   a program makes thousands of small requests a second: `byRequest`.
// Do not     leave `fetch` where code is shared with browsers, or requests are few.
// Copy       recipe.ts; npm: undici; Node 22.19 or newer
// Run        pnpm tsx packages/async-io/src/main.ts fetch-cost

import { fetch } from 'undici';
import type { Dispatcher } from 'undici';

/**
 * Gets a body by `fetch`.
 *
 * @param dispatcher an undici `Agent`: its connections are kept and used again
 * @throws Error where the status is another than 200
 */
export async function byFetch(dispatcher: Dispatcher, origin: string, path: string): Promise<Buffer> {
  const response = await fetch(`${origin}${path}`, { dispatcher });
  const bytes = Buffer.from(await response.arrayBuffer());
  if (response.status !== 200) throw new Error(`Expected status 200, got ${response.status}`);
  return bytes;
}

/**
 * Gets the same body by `request`.
 *
 * @param dispatcher an undici `Agent`, or a `Pool` or `Client` of that origin
 * @throws Error where the status is another than 200
 */
export async function byRequest(dispatcher: Dispatcher, origin: string, path: string): Promise<Buffer> {
  const { statusCode, body } = await dispatcher.request({ origin, path, method: 'GET' });
  const bytes = Buffer.from(await body.arrayBuffer());
  if (statusCode !== 200) throw new Error(`Expected status 200, got ${statusCode}`);
  return bytes;
}
