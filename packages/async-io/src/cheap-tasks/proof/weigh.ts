// Asks a fresh process for the weight of tasks or threads: what one measurement leaves in memory is not in the next.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { nextMessage } from '../../proof/next-message.ts';
import type { Kind, Weight } from './weigh-child.ts';

/**
 * Starts so many of a kind in a process of their own, weighs them, and lets them end.
 *
 * @throws Error where the process ends without an answer, such as for want of memory
 */
export async function weigh(kind: Kind, count: number, signal?: AbortSignal): Promise<Weight> {
  signal?.throwIfAborted();
  const child = fork(new URL('./weigh-child.ts', import.meta.url), {
    // Room on the heap for a million, whatever default this host's memory would give.
    execArgv: ['--expose-gc', '--max-old-space-size=4096'],
    ...(signal && { signal }),
    stdio: ['ignore', 'inherit', 'ignore', 'ipc'],
  });
  const gone = once(child, 'exit');
  gone.catch(() => {});
  try {
    const answer = nextMessage<Weight>(child);
    child.send({ kind, count });
    const weight = await answer;
    await gone;
    return weight;
  } finally {
    child.kill('SIGKILL');
  }
}
