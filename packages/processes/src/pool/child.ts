// What each process of the pool loads, and calls for each task.

import { deserialize, serialize } from 'node:v8';
import { endWithParent } from '../end-with-parent/recipe.ts';
import { naming, toWire } from '../same-interface/errors.ts';
import type { WireError } from '../same-interface/errors.ts';

/** An output or an error. It can always be sent: Tinypool 2.2.0 ends a process whose answer cannot. */
export type PoolAnswer = { readonly output: Uint8Array } | { readonly error: WireError };

endWithParent(); // none outlives the pool, not even in an endless task

const module = import(process.argv[2]!) as Promise<{ default: (input: unknown) => unknown }>;
module.catch(() => {}); // each task is answered with the error

export default async function answer(input: Uint8Array): Promise<PoolAnswer> {
  try {
    const { default: task } = await module;
    const output = await task(deserialize(input));
    return { output: naming(() => serialize(output)) };
  } catch (error) {
    return { error: toWire(error) };
  }
}
