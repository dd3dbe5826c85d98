// Workers as processes of their own: what stands for machines here, and what can be killed.

import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { endWithParent } from '@cookbook/lab/cleanup';

export interface WorkerProcess {
  readonly pid: number;
  /** Sends a signal, and resolves with how the process ended. */
  end(signal?: NodeJS.Signals): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  readonly child: ChildProcess;
}

/**
 * Starts a module that calls `workerReady` once its worker takes jobs, and waits for that.
 *
 * @param settings what the module reads by `readSettings`; not by its arguments, which other users see
 * @throws Error where it ends before
 */
export async function startProcess(module: URL, settings: object): Promise<WorkerProcess> {
  const child = fork(module, [], {
    execArgv: [],
    stdio: ['pipe', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, [VARIABLE]: JSON.stringify(settings) },
  });
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const early = exited.then(([code, signal]) => {
    throw new Error(`Expected a worker to start, it ended with ${signal ?? `exit code ${code}`}`);
  });
  early.catch(() => {});
  await Promise.race([once(child, 'message'), early]);
  return {
    pid: child.pid!,
    child,
    async end(signal = 'SIGKILL') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      const [code, by] = await exited;
      return { code, signal: by };
    },
  };
}

const VARIABLE = 'WORKER_SETTINGS';

/** In the module: ends it with its parent, and returns what it was given. */
export function readSettings(): unknown {
  endWithParent();
  const settings: unknown = JSON.parse(process.env[VARIABLE]!);
  delete process.env[VARIABLE]; // it holds the connection: no task needs that
  return settings;
}

/** In the module: its worker takes jobs. */
export function workerReady(): void {
  process.send!('ready');
}
