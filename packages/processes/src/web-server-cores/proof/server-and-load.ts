// Starts servers and loads, each in a process of its own, and ends them.

import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Unit } from '@cookbook/lab/task';
import type { FromLoad, LoadOptions, LoadResult } from './load-child.ts';
import type { FromPrimary, Stop, ToPrimary } from './primary-child.ts';

export interface Server {
  readonly port: number;
  /** The workers that it started with. */
  readonly pids: readonly number[];
  /** Replaces every worker, and resolves with the new ones when the last old one has ended. */
  restart(stop: Stop): Promise<readonly number[]>;
  /** Kills the worker, and resolves with the pid of the one that listens in its place. */
  killWorker(pid: number): Promise<number>;
  close(): Promise<void>;
}

/** A server of so many workers, on a port of the loopback that the system chose. */
export async function openServer(workers: number): Promise<Server> {
  const primary = fork(new URL('./primary-child.ts', import.meta.url), [String(workers)], { execArgv: [] });
  const eventOf = <E extends FromPrimary['event']>(event: E) =>
    next(primary, (message: FromPrimary): message is FromPrimary & { event: E } => message.event === event);
  try {
    const { port, pids } = await eventOf('listening');
    return {
      port,
      pids,
      async restart(stop) {
        primary.send({ restart: stop } satisfies ToPrimary);
        return (await eventOf('restarted')).pids;
      },
      async killWorker(pid) {
        const replaced = eventOf('replaced');
        process.kill(pid, 'SIGKILL');
        return (await replaced).replacement;
      },
      close: () => end(primary),
    };
  } catch (error) {
    await end(primary);
    throw error;
  }
}

export interface Load {
  /** Lets every request under way be answered, and resolves with what was seen. */
  stop(): Promise<LoadResult>;
  close(): Promise<void>;
}

/** A load that is under way: every connection has had its first answer. */
export async function openLoad(port: number, connections: number, unit: Unit): Promise<Load> {
  const options: LoadOptions = { port, connections, unit };
  const child = fork(new URL('./load-child.ts', import.meta.url), [JSON.stringify(options)], { execArgv: [] });
  try {
    await next(child, (message: FromLoad): message is 'warm' => message === 'warm');
    return {
      async stop() {
        const result = next(child, (message: FromLoad): message is LoadResult => message !== 'warm');
        child.send('stop');
        return await result;
      },
      close: () => end(child),
    };
  } catch (error) {
    await end(child);
    throw error;
  }
}

/** The next message of a kind. The end of the process rejects. */
async function next<M, Wanted extends M>(child: ChildProcess, is: (message: M) => message is Wanted): Promise<Wanted> {
  const { promise, resolve, reject } = Promise.withResolvers<Wanted>();
  const onMessage = (message: unknown): void => {
    if (is(message as M)) resolve(message as Wanted);
  };
  const onExit = (code: number | null, signal: string | null): void =>
    reject(new Error(`Expected a message of the process, but it ended with ${signal ?? `exit code ${code}`}`));
  child.on('message', onMessage);
  child.on('exit', onExit);
  try {
    return await promise;
  } finally {
    child.off('message', onMessage);
    child.off('exit', onExit);
  }
}

/** Workers end when the channel to their primary closes, for whatever reason. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
