// Claim      An error of a task arrives with class, message and stack. A crash rejects its own task alone; a new process
//            takes the next.
// Mechanism  Tinypool 2.2.0 sends errors as plain objects, and replaces a process that ended.
// Use when   callers tell errors apart, or tasks may crash.
// Do not     retry a crashed task without a limit: it may crash every time.
// Copy       recipe.ts, ../end-with-parent/recipe.ts, ../end-with-parent/worker.ts, ../pool/child.ts, ../pool/recipe.ts;
//            npm: tinypool; Node 22 or newer
// Run        pnpm tsx packages/processes/src/main.ts pool-errors

import type { Pool } from '../pool/recipe.ts';

const BUILT_IN = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };

/**
 * Runs a task in a pool.
 *
 * @throws what the task throws: an error of the same built-in class, or one that keeps its name, with its message, the stack
 *   of where it was thrown and its own properties, such as `code`; not its `cause`, which Tinypool 2.2.0 does not send
 * @throws Error 'Worker exited unexpectedly' where the process of the task ended
 */
export async function runTask<Input, Output>(
  pool: Pool<Input, Output>,
  input: Input,
  options?: { readonly signal?: AbortSignal },
): Promise<Output> {
  try {
    return await pool.run(input, options);
  } catch (error) {
    throw asError(error);
  }
}

/** The error that a plain object was before it was sent; whatever else was thrown as it is. */
function asError(thrown: unknown): unknown {
  if (thrown instanceof Error || typeof thrown !== 'object' || thrown === null || !('message' in thrown)) return thrown;
  const { name, message, stack, ...own } = thrown as Error;
  const Class = Object.hasOwn(BUILT_IN, name) ? BUILT_IN[name as keyof typeof BUILT_IN] : Error;
  const error = Object.assign(new Class(message), own);
  if (error.name !== name) error.name = name;
  if (stack !== undefined) error.stack = stack;
  return error;
}
