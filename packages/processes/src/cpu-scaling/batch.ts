// Many inputs, so many at a time: the first failure stops the rest.

/**
 * Runs every input, at most `atATime` of them at once. Outputs are in the order of the inputs.
 *
 * @param run its signal aborts once another input has failed: a `run` that still waits for its turn can leave it out
 * @throws what the first `run` to fail throws, once those that had begun are done; no further one is begun
 * @throws RangeError where `atATime` is not an integer from 1 up
 */
export async function runBatch<Input, Output>(
  inputs: readonly Input[],
  atATime: number,
  run: (input: Input, signal: AbortSignal) => Promise<Output>,
): Promise<Output[]> {
  if (!Number.isInteger(atATime) || atATime < 1) {
    throw new RangeError(`Expected \`atATime\` to be an integer from 1 up, got ${atATime}`);
  }
  const stop = new AbortController();
  const outputs: Output[] = [];
  let failure: { readonly error: unknown } | undefined; // whatever was thrown may be undefined
  let next = 0;
  const runOneByOne = async (): Promise<void> => {
    while (next < inputs.length && !failure) {
      const index = next++;
      try {
        outputs[index] = await run(inputs[index]!, stop.signal);
      } catch (error) {
        failure ??= { error };
        stop.abort();
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atATime, inputs.length) }, runOneByOne));
  if (failure) throw failure.error;
  return outputs;
}
