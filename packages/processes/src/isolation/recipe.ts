// Claim      A process that crashes takes nobody with it: not by an uncaught error, not by abort(), not by an exhausted
//            heap, not by a fatal signal. A thread takes its whole process with it by the signal, and by an error that
//            nobody listens for; the error that is listened for, and the heap that is bounded, end the thread alone.
// Mechanism  The system gives each process memory of its own and takes it back at its end. Threads have their own globals
//            and heap, yet one process around them: what ends the process ends them all.
// Use when   work may crash: native code, input that nobody checked, memory that nobody bounded.
// Do not     take a thread's `resourceLimits` for such a wall: they bound its heap, not its buffers nor native code.
// Run        pnpm tsx packages/processes/src/main.ts isolation

import { fork } from 'node:child_process';
import { Worker } from 'node:worker_threads';
import type { EventEmitter } from 'node:events';
import { ask, HEAP_MIB } from './proof/crash.ts';
import type { Command } from './proof/crash.ts';

/** Someone to crash, or to look on while another does. */
export interface Resident {
  /** Sends the command and resolves with the answer; rejects where the resident ends instead. */
  ask(command: Command): Promise<unknown>;
  /** Resolves with how it ended: 'exit code 1', 'SIGABRT', with the code of the error where one was told. */
  readonly ended: Promise<string>;
  end(): Promise<unknown>;
}

/** A process: listened to or not, its end is an event here and no more. */
export function startProcess(): Resident {
  const url = new URL('./proof/runner-child.ts', import.meta.url);
  const child = fork(url, {
    execArgv: [`--max-old-space-size=${HEAP_MIB}`],
    stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
  });
  return {
    ask: (command) => ask(child, () => child.send(command)),
    ended: endOf(child),
    end: async () => child.kill('SIGKILL'),
  };
}

/** A thread. Without a listener for `error`, an error in it is an error of the whole process. */
export function startThread({ listen }: { readonly listen: boolean }): Resident {
  const worker = new Worker(new URL('./proof/runner-worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB },
    execArgv: [],
  });
  return {
    ask: (command) => ask(worker, () => worker.postMessage(command)),
    ended: listen ? endOf(worker) : new Promise(() => {}),
    end: () => worker.terminate(),
  };
}

async function endOf(peer: EventEmitter): Promise<string> {
  let error: NodeJS.ErrnoException | undefined;
  peer.on('error', (reason: NodeJS.ErrnoException) => (error = reason)); // `once` would take it for the end
  const [code, signal] = await new Promise<[number | null, string?]>((resolve) =>
    peer.once('exit', (...end) => resolve(end as [number | null, string?])),
  );
  return [signal ?? `exit code ${code}`, error?.code].filter(Boolean).join(', ');
}
