// Asks a fresh process for the weight of tasks or threads: what one measurement leaves in memory is not in the next.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Order, Weight } from './child.ts';

/**
 * Starts so many of a kind in a process of their own, weighs them, and lets them end.
 *
 * @throws Error where the process ends without an answer, such as for want of memory
 */
export async function weigh(order: Order, signal?: AbortSignal): Promise<Weight> {
  signal?.throwIfAborted();
  const child = fork(new URL('./child.ts', import.meta.url), {
    // Room on the heap for a million, whatever default this host's memory would give.
    execArgv: ['--expose-gc', '--max-old-space-size=4096'],
    ...(signal && { signal }),
    stdio: ['ignore', 'inherit', 'ignore', 'ipc'],
  });
  const gone = once(child, 'exit');
  gone.catch(() => {});
  try {
    const answer = once(child, 'message');
    answer.catch(() => {});
    child.send(order);
    const first = await Promise.race([answer, gone]);
    if (typeof first[0] !== 'object' || first[0] === null) {
      throw new Error(`Expected the weight of ${order.count} ${order.kind}s, got exit code ${first[0]}`);
    }
    await gone;
    return first[0] as Weight;
  } finally {
    child.kill('SIGKILL');
  }
}
