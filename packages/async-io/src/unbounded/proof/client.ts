// Starts the client's process, with as many file descriptors as it is to have.

import { fork, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Failure, Job, Report } from './job.ts';

const CHILD = new URL('./client-child.ts', import.meta.url);

/** Windows has no such limit, and no shell that could set it. */
export const canLimitDescriptors = process.platform !== 'win32';

/**
 * Runs the job to its end.
 *
 * @param descriptors the most that the process may have open; left out, as many as this one
 * @throws Error where the process ends without a report, and the signal's reason where it aborts
 */
export async function runClient(job: Job, signal: AbortSignal, descriptors?: number): Promise<Report> {
  signal.throwIfAborted();
  const child = start(JSON.stringify(job), descriptors);
  const kill = (): boolean => child.kill('SIGKILL');
  signal.addEventListener('abort', kill);
  const ended = once(child, 'close');
  try {
    let report: Report | Failure | undefined;
    child.once('message', (message: Report | Failure) => (report = message));
    const [code, killedBy] = (await ended) as [number | null, string | null];
    signal.throwIfAborted();
    if (!report)
      throw new Error(`Expected a report of the client, but it ended with ${killedBy ?? `exit code ${code}`}`);
    if ('failure' in report) throw new Error(`Expected a report of the client, but it failed: ${report.failure}`);
    return report;
  } finally {
    signal.removeEventListener('abort', kill);
    kill();
  }
}

function start(job: string, descriptors: number | undefined): ChildProcess {
  const execArgv = ['--expose-gc'];
  if (descriptors === undefined) return fork(CHILD, [job], { execArgv });
  // The hard limit has to go down too: Node.js raises the soft one to it when it starts.
  const script = `ulimit -n ${descriptors} && exec "$0" "$@"`;
  return spawn('sh', ['-c', script, process.execPath, ...execArgv, fileURLToPath(CHILD), job], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}
