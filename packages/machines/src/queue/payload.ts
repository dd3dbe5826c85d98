// What a job carries there and back. Whoever can write to the database can make jobs: a worker believes none unseen.

import { MOST_BYTES } from './limits.ts';

/** A task file, as it is named to a machine on which the folders are others. */
export interface TaskName {
  /** From the folder that the worker was started for, with slashes: 'tasks/resize.ts'. */
  readonly path: string;
  /** SHA-256 of the file, in hexadecimal: two machines may have two versions of it. */
  readonly digest: string;
}

/** Some inputs in a row. */
export interface BatchData {
  readonly task: TaskName;
  /** Index of the first input. */
  readonly first: number;
  readonly inputs: readonly unknown[];
  /** How often these inputs were tried by other jobs. */
  readonly had: number;
}

/** What became of one input. A value that JSON leaves out, undefined, is left out here too. */
export type Outcome = { readonly value?: unknown } | { readonly error: string };

export interface BatchResult {
  /** In the order of the inputs. */
  readonly outcomes: readonly Outcome[];
  /** ms of the tasks alone, and ms from the end of the lane's previous job to the begin of this one, its first has none. */
  readonly work: number;
  readonly gap?: number;
  /** Bytes of all outputs as JSON. */
  readonly bytes: number;
  /** The lane that did it and the worker to which it belongs, and how many lanes that has. */
  readonly lane: string;
  readonly worker: string;
  readonly lanes: number;
}

/** @throws TypeError where it is no batch */
export function checkBatch(data: unknown): asserts data is BatchData {
  const { task, first, inputs, had } = (data ?? {}) as Partial<BatchData>;
  const isTask =
    typeof task?.path === 'string' && typeof task.digest === 'string' && /^[0-9a-f]{64}$/.test(task.digest);
  const areCounts = [first, had].every((count) => Number.isSafeInteger(count) && count! >= 0);
  if (isTask && areCounts && Array.isArray(inputs) && inputs.length > 0) return;
  throw new TypeError('Expected a job of `distribute`, with a task, a first index and inputs, got another');
}

/** @throws TypeError where it is not the result of so many inputs */
export function checkResult(result: unknown, inputs: number): asserts result is BatchResult {
  const { outcomes } = (result ?? {}) as Partial<BatchResult>;
  if (Array.isArray(outcomes) && outcomes.length === inputs) return;
  throw new TypeError(`Expected the outcomes of ${inputs} inputs, got ${JSON.stringify(result)?.slice(0, 80)}`);
}

/**
 * Bytes of a value as JSON.
 *
 * @param what names it in the errors: 'an input'
 * @throws RangeError where there are too many
 * @throws TypeError where JSON cannot hold it
 */
export function bytesOf(value: unknown, what: string): number {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new TypeError(`Expected ${what} that JSON can hold, got a ${typeof value}`);
  const bytes = Buffer.byteLength(text);
  if (bytes <= MOST_BYTES) return bytes;
  throw new RangeError(
    `Expected ${what} of at most ${MOST_BYTES} bytes as JSON, got ${bytes}: put it into a table or a file, and pass its name`,
  );
}
