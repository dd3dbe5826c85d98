// Claim      A small message costs a process at most 5 times the CPU time that it costs a thread, 64 MiB of bytes at
//            least 3 times what it costs to hand them over to a thread, and a Buffer over a JSON channel, the default of
//            fork, at least 10 times what it costs over an 'advanced' one. Records are cheaper as JSON than cloned.
// Mechanism  A pipe carries bytes: the parent serialises, the child parses. A thread clones within one memory, a
//            transferred buffer changes its owner, a shared one stays where it is. JSON turns a Buffer into a list of
//            decimal numbers, on the parent's event loop, and nothing turns it back.
// Use when   messages are small, or records: any of these. Bytes to a process: `serialization: 'advanced'`.
// Do not     send a Buffer over a JSON channel; nor megabytes to a process again and again: send a file's name.
// Run        pnpm tsx packages/processes/src/main.ts ipc-cost

import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { now } from '@cookbook/lab/task';
import type { Payload } from './payload.ts';
import { cpuTimeOfProcess } from './receipt.ts';
import type { Receipt } from './receipt.ts';

/** The costs of one message. */
export interface Delivery {
  /** From before it was sent until the other side had it, ready to be used, ms. */
  readonly there: number;
  /** From before it was sent until the answer was here, ms. */
  readonly roundTrip: number;
  /** For how long the call kept the event loop of the sender, ms. */
  readonly blocked: number;
  /** CPU time of both sides until the other side had it, ms. */
  readonly cpu: number;
  readonly receipt: Receipt;
}

/** A thread or process that answers every message with a receipt. */
export interface Peer {
  send(payload: Payload): Promise<Delivery>;
  close(): Promise<unknown>;
}

export const WAYS = [
  'fork, JSON',
  'fork, advanced',
  'worker, cloned',
  'worker, transferred',
  'worker, shared',
] as const;
export type Way = (typeof WAYS)[number];

export function openPeer(way: Way): Peer {
  return way === 'fork, JSON' ? openChild('json') : way === 'fork, advanced' ? openChild('advanced') : openWorker(way);
}

function openChild(serialization: 'json' | 'advanced'): Peer {
  const child = fork(new URL('./child.ts', import.meta.url), { execArgv: [], serialization });
  return {
    async send(payload) {
      const post = (): unknown => child.send(payload);
      const { cpuHere, ...times } = await deliver(child, post);
      // Two processes: what this one used until the answer was here, and what the other used until it had the message.
      return { ...times, cpu: cpuHere + times.receipt.cpu.at - times.receipt.cpu.before };
    },
    close: () => endChild(child),
  };
}

function openWorker(way: Exclude<Way, `fork${string}`>): Peer {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { execArgv: [] });
  return {
    async send(payload) {
      const shared = way === 'worker, shared' ? share(payload as Buffer) : payload;
      // Without the list of what to transfer the same line is a copy.
      const transfer = way === 'worker, transferred' ? [(payload as Buffer).buffer as ArrayBuffer] : [];
      const before = cpuTimeOfProcess();
      const { cpuHere: _, ...times } = await deliver(worker, () => worker.postMessage(shared, transfer));
      return { ...times, cpu: times.receipt.cpu.at - before }; // one process, whose clock counts both threads
    },
    close: () => worker.terminate(),
  };
}

/** Sends and waits for the receipt. The end of the other side rejects. */
async function deliver(peer: ChildProcess | Worker, post: () => unknown) {
  const answered = new AbortController();
  const { signal } = answered;
  const gone = once(peer, 'exit', { signal }).then(([code]) => {
    throw new Error(`Expected a receipt, but the other side ended with ${code}`);
  });
  try {
    const answer = once(peer, 'message', { signal });
    const cpu = cpuTimeOfProcess();
    const start = now();
    post();
    const blocked = now() - start;
    const [receipt] = (await Promise.race([answer, gone])) as [Receipt];
    return { there: receipt.at - start, roundTrip: now() - start, blocked, cpuHere: cpuTimeOfProcess() - cpu, receipt };
  } finally {
    answered.abort(); // takes the listener off that was not needed
  }
}

/** The bytes in memory that threads share: to be copied once, not for every message, hence before the clock starts. */
function share(bytes: Buffer): SharedArrayBuffer {
  const shared = new SharedArrayBuffer(bytes.length);
  new Uint8Array(shared).set(bytes);
  return shared;
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
