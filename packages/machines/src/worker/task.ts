// What a task file exports by default.

export interface TaskContext {
  /** Place of the input in the run, from 0. */
  readonly index: number;
  /**
   * The same for each attempt at this input, and another for every other: write it in the same transaction as the effect, in
   * a column that is unique, and an input that runs twice has its effect once.
   */
  readonly key: string;
  /** From 1; one that ended with its worker does not count. */
  readonly attempt: number;
}

/** Turns an input into an output; both are JSON. It may run more than once for an input. */
export type Task<Input, Output> = (input: Input, context: TaskContext) => Output | Promise<Output>;
