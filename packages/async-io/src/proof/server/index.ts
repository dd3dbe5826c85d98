// A real HTTP server for measurements: in a process of its own, on the loopback, on a port that the system chose. It
// answers `GET /document/N` as its behaviour says, and counts what came.

import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { completeBehaviour } from './behaviour.ts';
import type { Behaviour } from './behaviour.ts';
import type { ServerCounts } from './counts.ts';
import { ordersTo } from './orders.ts';

export type { Behaviour } from './behaviour.ts';
export type { ServerCounts } from './counts.ts';
export { checkDocument, documentOf } from './document.ts';
export { download, RefusedError } from './download.ts';
export { fateOf, slowdownAt } from './fate.ts';

export interface TestServer extends AsyncDisposable {
  /** 'http://127.0.0.1:PORT'. While the server is stopped, connections to it are refused. */
  readonly origin: string;
  /** The same documents over HTTP/2 in plain text (h2c), where that was asked for. */
  readonly http2Origin: string | undefined;
  /** Of its process. */
  readonly pid: number;
  /** What was seen since the start or the last reset. */
  counts(): Promise<ServerCounts>;
  /** Counts from zero, and behaves anew where that is given. What is under way ends as it began, uncounted. */
  reset(behaviour?: Partial<Behaviour>): Promise<void>;
  /** Breaks off every connection, and takes no more until `start`. The counts go on. */
  stop(): Promise<void>;
  /** Takes connections again, on the same port. */
  start(): Promise<void>;
  close(): Promise<void>;
}

export interface ServerOptions {
  /** Listen for HTTP/2 too. */
  readonly http2?: boolean;
}

/**
 * Starts a server. It ends by `close`, when the signal aborts, and when this process ends, however that goes.
 *
 * @param behaviour what it leaves out is harmless: no delay, no limit, no fault
 * @throws RangeError where the behaviour makes no sense, and the signal's reason where it has aborted
 */
export async function openServer(
  behaviour: Partial<Behaviour> = {},
  signal?: AbortSignal,
  { http2 = false }: ServerOptions = {},
): Promise<TestServer> {
  let current = completeBehaviour(behaviour);
  signal?.throwIfAborted();
  // 'advanced' keeps Infinity and undefined, which JSON loses.
  const child = fork(new URL('./child.ts', import.meta.url), { execArgv: [], serialization: 'advanced' });
  const close = async (): Promise<void> => {
    signal?.removeEventListener('abort', close);
    await end(child);
  };
  signal?.addEventListener('abort', close);

  const ask = ordersTo(child);
  try {
    const ports = await ask('open', { behaviour: current, http2 });
    return {
      origin: originOf(ports.http1),
      http2Origin: ports.http2 === undefined ? undefined : originOf(ports.http2),
      pid: child.pid!,
      counts: () => ask('counts', undefined),
      async reset(next = current) {
        current = completeBehaviour(next);
        await ask('reset', current);
      },
      stop: () => ask('stop', undefined),
      start: () => ask('start', undefined),
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    signal?.throwIfAborted();
    throw error;
  }
}

function originOf(port: number): string {
  return `http://127.0.0.1:${port}`;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
