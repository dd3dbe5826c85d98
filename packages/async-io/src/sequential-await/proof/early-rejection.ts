// What an early rejection does to a program that has a try around it.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { counted, exactly } from '@cookbook/lab/claim';
import type { Figure } from '@cookbook/lab/claim';
import { openServer } from '../../proof/server/index.ts';

/** ms for which the first answer would keep the loop: both forms end before, at the second's rejection. */
const FIRST_ANSWER = 10_000;

export type Form = 'together' | 'started, then awaited';

/** `late-status` where all are started and then awaited, `caught-status` with Promise.all. */
export async function rejectionFigures(signal: AbortSignal): Promise<Figure[]> {
  const late = await exitStatusOf('started, then awaited', signal);
  const caught = await exitStatusOf('together', signal);
  const name = 'exit status after an early rejection';
  return [
    counted('late-status', `all started, then awaited: ${name}`, late, 'status', exactly(1)),
    counted('caught-status', `Promise.all: ${name} that is caught`, caught, 'status', exactly(0)),
  ];
}

/** The exit status of the program: 0 where it caught the error, 1 where Node.js ended it. */
export async function exitStatusOf(form: Form, signal: AbortSignal): Promise<number> {
  await using server = await openServer({ delay: FIRST_ANSWER }, signal);
  const child = fork(new URL('./early-rejection-child.ts', import.meta.url), [server.origin, form], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'], // Node's own words about the rejection are not ours
    signal,
    killSignal: 'SIGKILL',
  });
  child.on('error', () => {}); // `exit` follows: the signal has aborted
  const [status] = (await once(child, 'exit')) as [number];
  signal.throwIfAborted();
  return status;
}
