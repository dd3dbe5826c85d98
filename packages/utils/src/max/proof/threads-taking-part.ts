// How many threads the functions really use: the largest value is the same with one.

import { counted, exactly } from '@cookbook/lab/claim';
import type { Figure } from '@cookbook/lab/claim';
import { watchThreads } from '../../proof/watch-threads.ts';
import { MaxThreads, maxParallel } from '../parallel/max-threads.ts';
import type { Answer } from '../parallel/messages.ts';

/** A thread without a core misses a call, not all of them. */
const CALLS = 40;

/** Threads that `maxParallel` starts, and those of `MaxThreads` that take part in a call. */
export async function threadFigures(values: Float64Array, threads: number): Promise<Figure[]> {
  const started = (await watchThreads(() => maxParallel(values, { threads }))).length;
  const most = await mostTakingPart(values, threads);
  return [
    counted('threads-started', 'threads that maxParallel started', started, 'threads', exactly(threads)),
    counted('threads-taking-part', 'threads of MaxThreads that took part in a call', most, 'threads', exactly(threads)),
  ];
}

/** The most threads that looked at a part of the values in one of the calls. */
async function mostTakingPart(values: Float64Array, threads: number): Promise<number> {
  const seen = await watchThreads(async () => {
    await using lanes = new MaxThreads({ threads });
    for (let call = 0; call < CALLS; call++) await lanes.max(values);
  });
  const answers = seen.flatMap(({ received }) => received as readonly Answer[]);
  const tookPart = answers.filter(({ best, hasNan }) => best > -Infinity || hasNan);
  const byCall = Map.groupBy(tookPart, ({ id }) => id);
  return Math.max(0, ...Array.from(byCall.values(), (own) => own.length));
}
