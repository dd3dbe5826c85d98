// Claim      After the first failure of 60 requests, 8 at once, no other begins, and the 7 under way are cancelled.
//            `Promise.all` still sends all 60.
// Mechanism  A promise cannot be stopped; a call that was given a signal can.
// Use when   one failure makes the other results worthless.
// Do not     use it where most results are better than none: see `faults`.
// Copy       recipe.ts; npm: p-limit; Node 22 or newer
// Run        pnpm tsx packages/async-io/src/main.ts fail-fast

import pLimit from 'p-limit';

/**
 * Works on every input, so many at once; outputs are in the order of the inputs. The first failure, or the signal, cancels
 * what is under way and what waits. Either way nothing is under way any more when the promise settles: that is why it
 * waits for all of them, where `Promise.all` would leave them behind.
 *
 * @param work has to end soon after its signal aborts
 *
 * @throws what failed first, or the signal's reason
 */
export async function mapLimited<Input, Output>(
  inputs: readonly Input[],
  concurrency: number,
  work: (input: Input, signal: AbortSignal) => Promise<Output>,
  signal?: AbortSignal,
): Promise<Output[]> {
  const limit = pLimit({ concurrency, rejectOnClear: true });
  const failed = new AbortController();
  const both = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
  const clear = (): void => limit.clearQueue();
  both.addEventListener('abort', clear);
  try {
    const settled = await Promise.allSettled(
      inputs.map((input) =>
        limit(async () => {
          both.throwIfAborted();
          try {
            return await work(input, both);
          } catch (error) {
            failed.abort(error); // in here: once this function has ended, p-limit has begun the next
            throw error;
          }
        }),
      ),
    );
    both.throwIfAborted();
    return settled.map((one) => (one as PromiseFulfilledResult<Awaited<Output>>).value);
  } finally {
    both.removeEventListener('abort', clear);
  }
}
