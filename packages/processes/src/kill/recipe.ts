// Claim      SIGKILL ends a process in the middle of an endless loop, within milliseconds, always. SIGTERM ends it too,
//            unless it handles that signal: then it lives on for as long as it computes.
// Mechanism  The system ends the process, and takes back its memory, files and sockets; no code of it runs. A handler of
//            SIGTERM is JavaScript, and waits for a turn of the event loop like everything else.
// Use when   a process runs what you cannot trust to end; a deadline is a deadline.
// Do not     take an AbortError for the end: it comes when the signal is sent. Do not expect the children of a killed
//            process to go with it: each has to notice, by `disconnect` where its loop turns, by a lifeline where not.
// Run        pnpm tsx packages/processes/src/main.ts kill

import { fork } from 'node:child_process';
import type { ChildProcess, ForkOptions } from 'node:child_process';
import type { Role } from './child.ts';

/** Starts a process in a role; resolves once it plays it, with its pid, or that of the child that it has. */
export async function start(role: Role, args: readonly string[] = [], options: ForkOptions = {}) {
  const child = forkRole(role, args, options);
  const pid = await new Promise<number>((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code, signal) => reject(new Error(`Expected a process to start, it ended: ${signal ?? code}`)));
  });
  return { child, pid };
}

/** Asks a process to end, and takes its word for it: one that handles SIGTERM may not even notice. */
export function ask(child: ChildProcess): void {
  child.kill('SIGTERM');
}

/** Ends a process. Resolves with the signal, or the exit code, once it is gone. */
export async function kill(child: ChildProcess): Promise<string> {
  child.kill('SIGKILL');
  return ended(child);
}

/** Asks a process to end, and kills it where it has not done so after `patience` ms. Resolves as `kill` does. */
export async function askThenKill(child: ChildProcess, patience: number): Promise<string> {
  const killer = setTimeout(() => child.kill('SIGKILL'), patience);
  child.kill('SIGTERM');
  try {
    return await ended(child);
  } finally {
    clearTimeout(killer);
  }
}

/** Starts a process that a signal, or the time, kills. Without `killSignal` either would ask by SIGTERM. */
export function startLimited(limits: Pick<ForkOptions, 'signal' | 'timeout'>, role: Role = 'loop'): ChildProcess {
  const child = forkRole(role, [], { killSignal: 'SIGKILL', ...limits });
  child.on('error', () => {}); // the AbortError; without a listener it would be thrown
  return child;
}

/** Ends a process and all that it has started, where it leads a group of its own (`detached: true`). Not on Windows. */
export async function killGroup(leader: ChildProcess): Promise<string> {
  process.kill(-leader.pid!, 'SIGKILL');
  return ended(leader);
}

/** Resolves with the signal or the exit code that a process ended with, also where it has long ended. */
export async function ended(child: ChildProcess): Promise<string> {
  if (child.exitCode === null && child.signalCode === null) {
    await new Promise((resolve) => child.once('exit', resolve)); // `once` of node:events would reject on an AbortError
  }
  return child.signalCode ?? `exit code ${child.exitCode}`;
}

function forkRole(role: Role, args: readonly string[], options: ForkOptions): ChildProcess {
  return fork(new URL('./child.ts', import.meta.url), [role, ...args], {
    execArgv: [],
    stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
    ...options,
  });
}
