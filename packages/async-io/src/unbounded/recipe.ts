// Claim      The same list of requests that is answered in full with 32 in flight breaks when all are let go at once: on
//            file descriptors where the process has few, on the server's refusals where it takes no more, and on time
//            where it takes them all. What breaks first is whatever of these is smallest.
// Mechanism  Nothing in `Promise.all` counts. Every request at once holds a connection, a descriptor and a few KiB, and
//            stands in the server's queue; each of those is finite, and none belongs to this program alone.
// Use when   never, for a list whose length is not known and small. Use `limited`: one line differs.
// Do not     mend it by raising the limit that broke: the next one does. Nor by repeating what failed, at once.
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
