// What an early rejection does to a program that has a try around it.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { openServer } from '../../proof/server/index.ts';

/** ms for which the first answer would keep the loop: nobody waits for it, both ways end at the second's rejection. */
const FIRST_ANSWER = 10_000;

/** The exit status of the program: 0 where it caught the error, 1 where Node.js ended it. */
export async function exitStatusOf(way: 'together' | 'started, then awaited', signal: AbortSignal): Promise<number> {
  await using server = await openServer({ delay: FIRST_ANSWER }, signal);
  const child = fork(new URL('./early-rejection-child.ts', import.meta.url), [server.origin, way], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'], // Node's own words about the rejection are not ours
    signal,
    killSignal: 'SIGKILL',
  });
  child.on('error', () => {}); // told by `exit` too: the signal has aborted
  const [status] = (await once(child, 'exit')) as [number];
  signal.throwIfAborted();
  return status;
}
