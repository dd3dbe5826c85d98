// Claim      No crash of a child process reaches its parent. In a thread, a fatal signal or an unhandled error ends the
//            whole process.
// Mechanism  Each process has memory of its own. Threads have their own globals and heap, in one process.
// Use when   work may crash: native code, unchecked input.
// Do not     rely on a thread's `resourceLimits`: buffers and native code are outside.
// Copy       recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/processes/src/main.ts isolation

import { fork } from 'node:child_process';
import type { EventEmitter } from 'node:events';
import { Worker } from 'node:worker_threads';

/** A process or a thread whose module answers each message with one. */
export interface Runner<Question, Answer> {
  /** Sends the question and resolves with the answer; rejects where the runner ends instead. */
  ask(question: Question): Promise<Answer>;
  /** Resolves with how it ended: 'exit code 1', 'SIGABRT', with the code of its error where it has one. */
  readonly ended: Promise<string>;
  end(): Promise<unknown>;
}

/** Starts a module in a process with a heap of at most so many MiB. Its crash is an event here, and no more. */
export function startProcess<Question extends object | string, Answer>(
  module: URL,
  heap: number,
): Runner<Question, Answer> {
  const child = fork(module, {
    execArgv: [`--max-old-space-size=${heap}`],
    stdio: ['pipe', 'inherit', 'inherit', 'ipc'], // stdin for `end-with-parent`
  });
  return {
    ask: (question) => ask(child, () => child.send(question)),
    ended: endOf(child),
    end: async () => child.kill('SIGKILL'),
  };
}

/** The same in a thread. Without a listener for `error`, an error in it is an error of the whole process. */
export function startThread<Question, Answer>(
  module: URL,
  heap: number,
  { listen = true }: { readonly listen?: boolean } = {},
): Runner<Question, Answer> {
  const worker = new Worker(module, { resourceLimits: { maxOldGenerationSizeMb: heap }, execArgv: [] });
  return {
    ask: (question) => ask(worker, () => worker.postMessage(question)),
    ended: listen ? endOf(worker) : new Promise(() => {}),
    end: () => worker.terminate(),
  };
}

/** One question, one answer; the end of the other side rejects. */
function ask<Answer>(peer: EventEmitter, send: () => void): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const gone = (): void => reject(new Error('Expected an answer, but the other side has ended'));
    peer.once('exit', gone);
    peer.once('message', (answer: Answer) => {
      peer.off('exit', gone);
      resolve(answer);
    });
    send();
  });
}

async function endOf(peer: EventEmitter): Promise<string> {
  let error: NodeJS.ErrnoException | undefined;
  peer.on('error', (reason: NodeJS.ErrnoException) => (error = reason)); // `once` would take it for the end
  const [code, signal] = await new Promise<[number | null, string?]>((resolve) =>
    peer.once('exit', (...end) => resolve(end as [number | null, string?])),
  );
  return [signal ?? `exit code ${code}`, error?.code].filter(Boolean).join(', ');
}
