// Claim      A pool that is given one task at a time gains nothing, however many threads it has; with one in flight per
//            thread they run in parallel.
// Mechanism  `await` in the loop waits for an answer before the next question.
// Use when   a pool is no faster than one thread.
// Do not     put a long list in flight at once: take a window.
// Copy       recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/threads/src/main.ts await-in-the-loop

/** Turns an input into an output, on a thread of a pool or elsewhere. */
type Run<Input, Output> = (input: Input) => Promise<Output>;

/** One task in flight: one thread of the pool works at a time. Outputs are in the order of the inputs, here and below. */
export async function oneAtATime<Input, Output>(inputs: readonly Input[], run: Run<Input, Output>): Promise<Output[]> {
  const outputs: Output[] = [];
  for (const input of inputs) outputs.push(await run(input));
  return outputs;
}

/** All tasks in flight: after an error the others go on, and nobody waits for them. */
export async function allAtOnce<Input, Output>(inputs: readonly Input[], run: Run<Input, Output>): Promise<Output[]> {
  return Promise.all(inputs.map((input) => run(input)));
}

/**
 * A window of tasks in flight: the next one starts when one ends. Reads its inputs as it goes, so that the list may be
 * endless. After an error no further task is started, and the inputs are closed.
 *
 * @throws the first error, of a task or of the inputs, once the tasks that were in flight are done
 * @throws RangeError where `width` is not an integer from 1 up
 */
export async function inAWindow<Input, Output>(
  inputs: Iterable<Input>,
  run: Run<Input, Output>,
  width: number,
): Promise<Output[]> {
  if (!Number.isInteger(width) || width < 1) {
    throw new RangeError(`Expected \`width\` to be an integer from 1 up, got ${width}`);
  }
  const outputs: Output[] = [];
  const failures: unknown[] = [];
  const queue = Iterator.from(inputs).map((input, index) => ({ input, index }));
  const lane = async (): Promise<void> => {
    try {
      // An error leaves the loop, and that closes the queue: for the other lanes too, which end with the task they are at.
      for (const { input, index } of queue) outputs[index] = await run(input);
    } catch (error) {
      failures.push(error);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  if (failures.length > 0) throw failures[0];
  return outputs;
}
