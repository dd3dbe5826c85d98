// A server for each kind of handler, and a load, each in a process of its own; started and ended.

import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { HANDLERS } from './handlers.ts';
import type { Handler, HandlerOptions } from './handlers.ts';
import type { Load, Traffic } from './open-loop-load.ts';
import type { ServerOptions } from './server-child.ts';

export interface Experiment {
  /** Sends such traffic to the server with that handler. One run at a time. */
  run(handler: Handler, traffic: Omit<Traffic, 'origin'>): Promise<Load>;
  /** CPU time of the thread that answers the requests of that server, so far, ms. */
  ownCpu(handler: Handler): Promise<number>;
  /** The processes that were started. */
  readonly pids: readonly number[];
  close(): Promise<void>;
}

/** Starts them; each server has answered when this resolves. An abort ends them, and rejects what is under way. */
export async function openExperiment(options: HandlerOptions, signal: AbortSignal): Promise<Experiment> {
  signal.throwIfAborted();
  const servers = new Map(
    HANDLERS.map((handler) => {
      const given: ServerOptions = { ...options, handler };
      return [handler, start(new URL('./server-child.ts', import.meta.url), [JSON.stringify(given)])];
    }),
  );
  const load = start(new URL('./load-child.ts', import.meta.url), []);
  const children = [...servers.values(), load];
  const kill = (): void => children.forEach((child) => child.kill('SIGKILL'));
  signal.addEventListener('abort', kill, { once: true });
  const close = async (): Promise<void> => {
    signal.removeEventListener('abort', kill);
    await Promise.all(children.map(end));
  };
  try {
    const ports = new Map<Handler, number>();
    await Promise.all([...servers].map(async ([handler, child]) => ports.set(handler, await next<number>(child))));
    const run: Experiment['run'] = async (handler, traffic) => {
      const answer = next<Load>(load);
      load.send({ ...traffic, origin: `http://127.0.0.1:${ports.get(handler)}` } satisfies Traffic);
      return await answer;
    };
    const ownCpu = (handler: Handler): Promise<number> => {
      const server = servers.get(handler)!;
      const answer = next<number>(server);
      server.send('cpu');
      return answer;
    };
    const gentle = { lightAt: Array.from({ length: 20 }, (_, n) => n), heavyAt: [0] };
    for (const handler of HANDLERS) await run(handler, gentle); // compiles what will be measured
    return { run, ownCpu, pids: children.map(({ pid }) => pid!), close };
  } catch (error) {
    await close();
    signal.throwIfAborted();
    throw error;
  }
}

function start(program: URL, args: readonly string[]): ChildProcess {
  return fork(program, args, { execArgv: [] });
}

/** The next message. The end of the process rejects. */
async function next<M>(child: ChildProcess): Promise<M> {
  const { promise, resolve, reject } = Promise.withResolvers<M>();
  const onMessage = (message: unknown): void => resolve(message as M);
  const onExit = (code: number | null, signal: string | null): void =>
    reject(new Error(`Expected a message of the process, but it ended with ${signal ?? `exit code ${code}`}`));
  child.once('message', onMessage).once('exit', onExit);
  try {
    return await promise;
  } finally {
    child.off('message', onMessage).off('exit', onExit);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
