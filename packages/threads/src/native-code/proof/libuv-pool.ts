// Processes whose libuv pools have a size each: the size is read from the environment when the pool is first used.

import { startProcess } from '../../free-threading/recipe.ts';
import type { PoolAnswer, PoolJob } from './libuv-pool-task.ts';

/** Measures a pool of that size in a process of its own. */
export async function measurePool(job: PoolJob, signal: AbortSignal): Promise<PoolAnswer> {
  const env = { ...process.env, UV_THREADPOOL_SIZE: String(job.size) };
  const module = new URL('./libuv-pool-task.ts', import.meta.url);
  const { message, stop } = await startProcess<PoolAnswer>(module, [JSON.stringify(job)], { env, signal });
  await stop(); // before the next one is measured
  return message;
}
