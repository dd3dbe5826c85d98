// Claim      A small message costs a process at most 12 times the CPU time that it costs a thread; 64 MiB at least 10 times.
//            A Buffer as JSON costs at least 15 times what 'advanced' does.
// Mechanism  A pipe carries serialised bytes. A thread clones, takes over or shares memory.
// Use when   messages are small, or records.
// Do not     send a Buffer as JSON.
// Copy       recipe.ts, receiver.ts; Node 22 or newer
// Run        pnpm tsx packages/processes/src/main.ts ipc-cost

import { fork } from 'node:child_process';
import type { ChildProcess, SerializationType } from 'node:child_process';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { receiver } from './receiver.ts';

export const WAYS = [
  'fork, JSON',
  'fork, advanced',
  'worker, cloned',
  'worker, transferred',
  'worker, shared',
] as const;
export type Way = (typeof WAYS)[number];

/** The program of the other side, in a thread or a process. */
export interface Peer {
  /** A Buffer that is transferred is empty afterwards. */
  send(message: unknown): void;
  /** The next message of the other side; where several receive at once, each gets one. Its end rejects. */
  receive(): Promise<unknown>;
  close(): Promise<unknown>;
}

/** Starts the program as a process or as a thread, to which messages are sent in one of five ways. */
export function openPeer(way: Way, program: URL): Peer {
  if (way === 'fork, JSON') return openProcess(program, 'json'); // a Buffer arrives as { type: 'Buffer', data: [1, 2] }
  if (way === 'fork, advanced') return openProcess(program, 'advanced');
  return openThread(program, way === 'worker, transferred' ? transfer : copy);
}

/** Without the list the same line is a copy. */
function transfer(worker: Worker, bytes: unknown): void {
  worker.postMessage(bytes, [(bytes as Buffer).buffer as ArrayBuffer]);
}

/** Whatever `share` made is not copied. */
function copy(worker: Worker, message: unknown): void {
  worker.postMessage(message);
}

/** A copy of bytes in memory that threads share: made once, it can be sent any number of times. */
export function share(bytes: Uint8Array): SharedArrayBuffer {
  const shared = new SharedArrayBuffer(bytes.length);
  new Uint8Array(shared).set(bytes);
  return shared;
}

function openProcess(program: URL, serialization: SerializationType): Peer {
  const child = fork(program, { execArgv: [], serialization });
  return {
    send: (message) => void child.send(message as object),
    receive: receiver(child),
    close: () => end(child),
  };
}

function openThread(program: URL, post: (worker: Worker, message: unknown) => void): Peer {
  const worker = new Worker(program, { execArgv: [] });
  return { send: (message) => post(worker, message), receive: receiver(worker), close: () => worker.terminate() };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
