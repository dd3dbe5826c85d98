// Claim      Requests that wait 20 ms are answered 8 times as fast with 8 in flight on one thread, 32 times with 32.
// Mechanism  A sent request needs no thread until its answer comes, so waits overlap.
// Use when   there are many requests to make: `limited`, as wide as the server allows.
// Do not     use `allAtOnce` on a list that has no known end.
// Copy       recipe.ts, ../fail-fast/recipe.ts; npm: undici; Node 22.19 or newer
// Run        pnpm tsx packages/async-io/src/main.ts network

import type { Dispatcher } from 'undici';
import { mapLimited } from '../fail-fast/recipe.ts';

type Ask<Input, Answer> = (input: Input, signal?: AbortSignal) => Promise<Answer>;

/** One request in flight: each waits for the one before. */
export async function inSequence<Input, Answer>(inputs: readonly Input[], ask: Ask<Input, Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const input of inputs) answers.push(await ask(input));
  return answers;
}

/** Every request in flight, as far as the client's connections reach; where one fails the others go on. */
export function allAtOnce<Input, Answer>(inputs: readonly Input[], ask: Ask<Input, Answer>): Promise<Answer[]> {
  return Promise.all(inputs.map((input) => ask(input)));
}

/** `width` requests in flight: the next one starts when one is answered. A failure cancels the others. */
export function limited<Input, Answer>(
  inputs: readonly Input[],
  ask: Ask<Input, Answer>,
  width: number,
): Promise<Answer[]> {
  return mapLimited(inputs, width, ask);
}

/**
 * Requests a path, and reads the answer to its end: a body that is not read keeps its connection.
 *
 * @param client a `Pool` of as many connections as requests are to be in flight, or another client of undici
 * @throws Error where the status is another than 200; the signal's reason
 */
export async function get(client: Dispatcher, path: string, signal?: AbortSignal): Promise<Buffer> {
  const { statusCode, body } = await client.request({ method: 'GET', path, ...(signal && { signal }) });
  const bytes = Buffer.from(await body.arrayBuffer());
  if (statusCode !== 200) throw new Error(`Expected status 200, got ${statusCode}`);
  return bytes;
}
