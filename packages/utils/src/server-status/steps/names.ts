// Addresses of names, from the resolver of the system. Its `getaddrinfo` blocks a thread of libuv's pool, and Node lets it
// have half of them: two names whose name server is silent would hold up all others, and the end of the program with
// them. Here it runs in a child process with a thread for each name that is looked up at once, which can be killed.

import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { isIP } from 'node:net';
import { orAbort } from './or-abort.ts';

export interface Address {
  readonly address: string;
  /** 4 or 6 */
  readonly family: number;
}

/** Finds the addresses of a name; rejects with the code ENOTFOUND where there is none. */
export type Resolve = (host: string) => Promise<readonly Address[]>;

/** From the child: it can be asked now, or the answer to a question of that number. */
export type Message =
  | 'ready'
  | { readonly id: number; readonly addresses?: readonly Address[]; readonly code?: string };

/** Names that can be looked up at once. libuv has at most 1,024 threads, of which Node lets look-ups have half. */
export const MOST_AT_ONCE = 512;

/**
 * Runs `work` with a resolver: the given one, else that of the system, which stays for as long as `work` runs.
 *
 * @param atOnce names that are looked up at the same time, at most `MOST_AT_ONCE`: each has a thread from the start, so that
 *   none waits for another
 */
export async function withResolve<T>(
  hosts: readonly string[],
  given: Resolve | undefined,
  atOnce: number,
  signal: AbortSignal | undefined,
  work: (resolve: Resolve) => Promise<T>,
): Promise<T> {
  if (given !== undefined) return work(given);
  if (hosts.every((host) => isIP(host) > 0)) return work(refuseToResolve);
  signal?.throwIfAborted();
  const child = fork(new URL('./look-up-task.ts', import.meta.url), {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { ...process.env, UV_THREADPOOL_SIZE: String(Math.max(4, 2 * Math.min(atOnce, MOST_AT_ONCE))) },
  });
  try {
    return await work(await orAbort(resolverOf(child), signal));
  } finally {
    child.kill('SIGKILL'); // its threads may wait for a name server for a long time yet
  }
}

/** Resolves once the child can be asked: its start takes no time of any name. */
async function resolverOf(child: ChildProcess): Promise<Resolve> {
  const pending = new Map<number, PromiseWithResolvers<readonly Address[]>>();
  const ready = Promise.withResolvers<void>();
  let ended: Error | undefined;
  const fail = (error: Error): void => {
    ended = error;
    ready.reject(error);
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
  };
  child.on('error', fail).on('exit', () => fail(new Error('the process that looks up names has ended')));
  child.on('message', (message: Message) => {
    if (message === 'ready') return ready.resolve();
    const { id, addresses, code } = message;
    const waiting = pending.get(id);
    pending.delete(id);
    if (addresses) waiting?.resolve(addresses);
    else waiting?.reject(Object.assign(new Error('no address'), { code }));
  });
  await ready.promise;

  let last = 0;
  return (host) => {
    if (ended !== undefined) return Promise.reject(ended);
    const id = ++last;
    const answer = Promise.withResolvers<readonly Address[]>();
    pending.set(id, answer);
    child.send({ id, host });
    return answer.promise;
  };
}

function refuseToResolve(host: string): Promise<never> {
  return Promise.reject(new TypeError(`Expected addresses alone, got the name '${host}'`));
}
