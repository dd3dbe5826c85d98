// A batch: so many inputs at a time, outputs in their order, and nothing begun after a failure.

/**
 * Runs every input, at most `width` at a time. After the first failure no further input is begun.
 *
 * @throws the first failure, once what was running is settled
 */
export async function runAll<Input, Output>(
  inputs: readonly Input[],
  width: number,
  run: (input: Input) => Promise<Output>,
): Promise<Output[]> {
  const outputs: Output[] = [];
  const failures: unknown[] = [];
  let begun = 0;
  const lane = async (): Promise<void> => {
    while (failures.length === 0 && begun < inputs.length) {
      const index = begun++;
      await run(inputs[index]!).then(
        (output) => (outputs[index] = output),
        (error: unknown) => failures.push(error),
      );
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  if (failures.length > 0) throw failures[0];
  return outputs;
}
