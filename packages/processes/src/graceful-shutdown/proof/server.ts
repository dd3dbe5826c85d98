// Starts servers, asks them to end, and says how they did.

import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { SHUT_DOWN } from '../recipe.ts';
import type { ServerOptions } from './server-child.ts';

export interface End {
  /** The exit code, or the signal. */
  readonly how: number | NodeJS.Signals;
  /** From the moment that it was asked to, ms. */
  readonly ms: number;
}

export interface Server extends AsyncDisposable {
  /** Of its first server. */
  readonly port: number;
  /** Of all its servers. */
  readonly ports: readonly number[];
  readonly child: ChildProcess;
  /** Sends SIGTERM; on Windows, which has none, the message. */
  ask(signal?: NodeJS.Signals): void;
  /** Resolves when it has ended. */
  readonly ended: Promise<End>;
  /** Kills it if it is still there. */
  close(): Promise<void>;
}

export async function openServer(options: ServerOptions): Promise<Server> {
  const child = fork(new URL('./server-child.ts', import.meta.url), [JSON.stringify(options)], { execArgv: [] });
  let asked = performance.now();
  const ended = once(child, 'exit').then(([code, signal]) => ({ how: signal ?? code, ms: performance.now() - asked }));
  const close = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  const [ports] = (await Promise.race([once(child, 'message'), ended.then(() => [])])) as [number[]?];
  if (ports === undefined) throw new Error(`Expected a server to listen, it ended with ${(await ended).how}`);
  return {
    port: ports[0]!,
    ports,
    child,
    ask(signal = 'SIGTERM') {
      asked = performance.now();
      if (process.platform === 'win32') child.send(SHUT_DOWN);
      else child.kill(signal);
    },
    ended,
    close,
    [Symbol.asyncDispose]: close,
  };
}
