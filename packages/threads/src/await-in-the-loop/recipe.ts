// Claim      A pool that is given one task at a time gains nothing, however many threads it has: a speedup of 1. The same
//            pool with as many tasks in flight as it has threads runs them in parallel.
// Mechanism  `await` inside the loop waits for the answer before it asks the next question. One thread works, in turns;
//            the others sleep. A pool is as parallel as the number of tasks that are in flight.
// Use when   you wonder why a pool is no faster than no pool.
// Do not     put a large or endless list in flight at once either: every task and its input are in memory from the start.
//            A window of some tasks a thread is enough.
// Run        pnpm tsx packages/threads/src/main.ts await-in-the-loop

/** Turns an input into an output, somewhere else. */
type Run<Input, Output> = (input: Input) => Promise<Output>;

/** One task in flight: the outputs are in order, and the pool might as well have one thread. */
export async function oneAtATime<Input, Output>(inputs: readonly Input[], run: Run<Input, Output>): Promise<Output[]> {
  const outputs: Output[] = [];
  for (const input of inputs) outputs.push(await run(input));
  return outputs;
}

/** All tasks in flight. */
export async function allAtOnce<Input, Output>(inputs: readonly Input[], run: Run<Input, Output>): Promise<Output[]> {
  return Promise.all(inputs.map((input) => run(input)));
}

/**
 * A window of tasks in flight: the next one starts when one ends. Reads its inputs as it goes, so that the list may be
 * endless. After an error no further task is started.
 *
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
  let failed = false;
  const queue = Iterator.from(inputs).map((input, index) => ({ input, index }));
  const work = async (): Promise<void> => {
    for (;;) {
      if (failed) return;
      const { done, value } = queue.next();
      if (done) return;
      try {
        outputs[value.index] = await run(value.input);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  return outputs;
}
