// Claim      SIGKILL ends an endless loop within 200 ms. SIGTERM does not end a process that handles it and computes.
// Mechanism  The system ends the process; none of its code runs. A handler waits for the event loop.
// Use when   a process may never end.
// Do not     take an AbortError for the end: it comes earlier. Children of a killed process live on: see `end-with-parent`.
// Copy       recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/processes/src/main.ts kill

import { fork } from 'node:child_process';
import type { ChildProcess, ForkOptions } from 'node:child_process';

/** Ends a process. Resolves with the signal, or the exit code, once it is gone. */
export async function kill(child: ChildProcess): Promise<string> {
  child.kill('SIGKILL');
  return ended(child);
}

/** Asks a process to end, and kills it where it has not done so after `grace` ms. Resolves as `kill` does. */
export async function askThenKill(child: ChildProcess, grace: number): Promise<string> {
  const killer = setTimeout(() => child.kill('SIGKILL'), grace);
  child.kill('SIGTERM');
  try {
    return await ended(child);
  } finally {
    clearTimeout(killer);
  }
}

/** Forks a module that `signal`, or `timeout` in ms, kills. Without `killSignal` either would ask by SIGTERM. */
export function forkLimited(module: URL, args: readonly string[], options: ForkOptions): ChildProcess {
  const child = fork(module, args, { execArgv: [], killSignal: 'SIGKILL', ...options });
  child.on('error', () => {}); // the AbortError; without a listener it would be thrown
  return child;
}

/** Ends a process and all that it has started, where it leads a group of its own (`detached: true`). Not on Windows. */
export async function killGroup(leader: ChildProcess): Promise<string> {
  process.kill(-leader.pid!, 'SIGKILL');
  return ended(leader);
}

/** Resolves with the signal or the exit code that a process ended with, also where it has ended long ago. */
export async function ended(child: ChildProcess): Promise<string> {
  if (child.exitCode === null && child.signalCode === null) {
    await new Promise((resolve) => child.once('exit', resolve)); // `once` of node:events would reject on an AbortError
  }
  return child.signalCode ?? `exit code ${child.exitCode}`;
}
