// Claim      640 requests at once run out of descriptors, are refused, or come too late; with 32 in flight none does.
// Mechanism  Nothing in `Promise.all` counts. Each request holds a connection, a descriptor and a place in the server's
//            queue.
// Use when   never for a list of unknown length: `limited` differs by one line.
// Do not     raise the limit that broke: the next one does.
// Copy       recipe.ts; npm: p-limit; Node 22 or newer
// Run        pnpm tsx packages/async-io/src/main.ts unbounded

import pLimit from 'p-limit';

type Get<Answer> = (number: number) => Promise<Answer>;
type Settled<Answer> = Promise<PromiseSettledResult<Answer>[]>;

/** Broken: as many in flight as the list is long. */
export function allAtOnce<Answer>(numbers: readonly number[], get: Get<Answer>): Settled<Answer> {
  return Promise.allSettled(numbers.map((number) => get(number)));
}

/** Mended: the same results, with at most `width` in flight. */
export function limited<Answer>(numbers: readonly number[], get: Get<Answer>, width: number): Settled<Answer> {
  const limit = pLimit(width);
  return Promise.allSettled(numbers.map((number) => limit(() => get(number))));
}
