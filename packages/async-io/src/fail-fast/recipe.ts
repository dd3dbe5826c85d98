// Claim      After the first failure of 60 requests, 8 at once, no other begins, and the 7 under way are cancelled.
//            `Promise.all` still sends all 60.
// Mechanism  A promise cannot be stopped; a call that was given a signal can.
// Use when   one failure makes the other results worthless.
// Do not     use it where most results are better than none: see `faults`.
// Copy       recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/async-io/src/main.ts fail-fast

/**
 * Works on every input, so many at once; outputs are in the order of the inputs. The first failure, or the signal, cancels
 * what is under way, and nothing more begins. Either way nothing is under way any more when the promise settles: that is
 * why it waits for all that have begun, where `Promise.all` would leave them behind.
 *
 * @param concurrency how many at once, or Infinity
 * @param work has to end soon after its signal aborts
 *
 * @throws what failed first, as it was thrown; or the signal's reason; RangeError for a `concurrency` that is none
 */
export async function mapLimited<Input, Output>(
  inputs: readonly Input[],
  concurrency: number,
  work: (input: Input, signal: AbortSignal) => Output | Promise<Output>,
  signal?: AbortSignal,
): Promise<Output[]> {
  if (!(concurrency >= 1 && (Number.isInteger(concurrency) || concurrency === Infinity)))
    throw new RangeError(`Expected \`concurrency\` to be an integer from 1 up, got ${concurrency}`);
  signal?.throwIfAborted();
  const stop = new AbortController();
  const abort = (): void => stop.abort(signal!.reason);
  signal?.addEventListener('abort', abort);
  const outputs = Array.from<Output>({ length: inputs.length });
  const rest = inputs.entries(); // shared: each lane takes the next input when it is done with one
  let failure: { readonly error: unknown } | undefined;
  const lane = async (): Promise<void> => {
    for (const [at, input] of rest) {
      try {
        outputs[at] = await work(input, stop.signal);
      } catch (error) {
        if (!stop.signal.aborted) failure = { error }; // kept, since no signal has `undefined` for its reason
        stop.abort(error);
      }
      if (stop.signal.aborted) return;
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(concurrency, inputs.length) }, lane));
  } finally {
    signal?.removeEventListener('abort', abort); // the signal may live for longer than the work
  }
  if (failure) throw failure.error;
  stop.signal.throwIfAborted();
  return outputs;
}
