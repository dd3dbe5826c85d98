// Tasks that throw, and tasks that end their process, in a pool of two.

import { isDeepStrictEqual } from 'node:util';
import { counted, exactly } from '@cookbook/lab/claim';
import type { Context, Figure } from '@cookbook/lab/claim';
import { Tinypool } from 'tinypool';
import { openPool } from '../../pool/recipe.ts';
import type { Pool } from '../../pool/recipe.ts';
import { runTask } from '../recipe.ts';
import type { Job } from './crash-task.ts';
import type { Throw } from './throw-task.ts';

const PRIMES = new URL('../../proof/primes-task.ts', import.meta.url);
const CRASH = new URL('./crash-task.ts', import.meta.url);
const THROW = new URL('./throw-task.ts', import.meta.url);
const ROUNDS = 5;
/** ms for a process to be replaced. */
const REPLACED_MS = 5_000;

/** Tasks that throw a RangeError: how many arrive as such by `runTask`, and how many from Tinypool itself. */
export async function throwErrors({ signal }: Context): Promise<{ kept: Figure; plain: Figure }> {
  const pool = openPool<{ limit: number }, unknown>(PRIMES, 1);
  const alone = new Tinypool({ runtime: 'child_process', filename: PRIMES.href, minThreads: 1, maxThreads: 1 });
  let [kept, plain] = [0, 0];
  try {
    for (let round = 0; round < ROUNDS; round++) {
      signal.throwIfAborted();
      const error: unknown = await runTask(pool, { limit: 1 }).catch((reason: unknown) => reason);
      if (isAsThrown(error)) kept++;
      const bare: unknown = await alone.run({ limit: 1 }).catch((reason: unknown) => reason);
      if (!(bare instanceof Error)) plain++;
    }
  } finally {
    await Promise.all([pool.destroy(), alone.destroy()]);
  }
  return {
    kept: counted('errors-kept', 'errors that arrived with class, message and stack', kept, 'errors', {
      least: ROUNDS,
    }),
    plain: counted('errors-plain', 'errors that arrived as plain objects from Tinypool itself', plain, 'errors'),
  };
}

function isAsThrown(error: unknown): boolean {
  return (
    error instanceof RangeError &&
    error.message === 'Expected `limit` to be a number from 2 up, got 1' &&
    error.stack!.includes('primes-task.ts')
  );
}

/** Tasks that throw what is no error, or answer with what cannot be cloned: how many reject as they should, in one process. */
export async function throwOthers({ signal }: Context): Promise<{ others: Figure; processes: Figure }> {
  const pool = openPool<Throw, unknown>(THROW, 1);
  const pids = new Set<unknown>();
  let others = 0;
  const thrown = async (input: Throw): Promise<unknown> => pool.run(input).catch((reason: unknown) => reason);
  try {
    for (let round = 0; round < ROUNDS; round++) {
      signal.throwIfAborted();
      if (isDeepStrictEqual(await thrown({ value: { code: round } }), { code: round })) others++;
      if ((await thrown({ value: undefined })) === undefined) others++;
      if (((await thrown({ output: 'function' })) as Error).name === 'DataCloneError') others++;
      pids.add(await pool.run({ output: 'pid' }));
    }
  } finally {
    await pool.destroy();
  }
  const expected = 3 * ROUNDS;
  return {
    others: counted('others-kept', 'other things that arrived as they were thrown', others, `of ${expected}`, {
      least: expected,
    }),
    processes: counted('processes-used', 'processes that this took', pids.size, 'processes', exactly(1)),
  };
}

/** Tasks that end their process, each beside a task in the other process. */
export async function crash({ signal }: Context): Promise<{ rejected: Figure; others: Figure; replaced: Figure }> {
  const pool = openPool<Job, { pid: number }>(CRASH, 2);
  let [rejected, others, replaced] = [0, 0, 0];
  try {
    let before = await pidsOf(pool);
    for (let round = 0; round < ROUNDS; round++) {
      signal.throwIfAborted();
      const other = runTask(pool, { wait: 100 });
      const crashed = runTask(pool, { wait: 10, crash: true });
      const [lived, died] = await Promise.allSettled([other, crashed]);
      if (died.status === 'rejected' && (died.reason as Error).message === 'Worker exited unexpectedly') rejected++;
      if (lived.status === 'rejected') others++;
      const after = await pidsOf(pool);
      replaced += after.difference(before).size;
      before = after;
    }
  } finally {
    await pool.destroy();
  }
  return {
    rejected: counted('crashes-rejected', 'crashes that rejected their own task', rejected, 'tasks', { least: ROUNDS }),
    others: counted('others-failed', 'tasks of the other process that failed meanwhile', others, 'tasks', { most: 0 }),
    replaced: counted('replaced', 'processes replaced after a crash', replaced, 'processes', { least: ROUNDS }),
  };
}

/** The pids of the two processes, as soon as both answer; fewer where one of them does not. */
async function pidsOf(pool: Pool<Job, { pid: number }>): Promise<Set<number>> {
  const deadline = performance.now() + REPLACED_MS;
  let pids: Set<number>;
  do {
    const answers = await Promise.all([pool.run({ wait: 10 }), pool.run({ wait: 10 })]);
    pids = new Set(answers.map(({ pid }) => pid));
  } while (pids.size < 2 && performance.now() < deadline);
  return pids;
}
