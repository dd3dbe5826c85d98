// Claim      No crash of a child process reaches its parent. In a thread, a fatal signal or an unhandled error ends the
//            whole process, and so can a full heap.
// Mechanism  Threads have their own globals and heap, in one process.
// Use when   work may crash: native code, unchecked input.
// Do not     rely on a thread's `resourceLimits`: only a process is a wall for memory.
// Copy       recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/processes/src/main.ts isolation

import { fork } from 'node:child_process';
import type { EventEmitter } from 'node:events';
import { Worker } from 'node:worker_threads';

/** A process or a thread whose module answers each message with one, in their order. */
export interface Runner<Question, Answer> {
  /** Resolves with the answer; rejects where the question cannot be sent, or the runner ends instead. */
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
    ask: asker(child, (question: Question) => child.send(question)),
    ended: endOf(child),
    end: async () => child.kill('SIGKILL'),
  };
}

/**
 * The same in a thread. Its limit is best effort: a full heap ends it alone or the whole process, depending on what fills
 * it. Without a listener for `error`, an error in it is an error of the whole process.
 */
export function startThread<Question, Answer>(
  module: URL,
  heap: number,
  { listen = true }: { readonly listen?: boolean } = {},
): Runner<Question, Answer> {
  const worker = new Worker(module, { resourceLimits: { maxOldGenerationSizeMb: heap }, execArgv: [] });
  return {
    ask: asker(worker, (question) => worker.postMessage(question)),
    ended: listen ? endOf(worker) : new Promise(() => {}),
    end: () => worker.terminate(),
  };
}

const GONE = 'Expected an answer, but the other side has ended';

/** Sends questions. Answers come in their order; the end of the other side rejects those that are open, and later ones. */
function asker<Question, Answer>(
  peer: EventEmitter,
  send: (question: Question) => void,
): Runner<Question, Answer>['ask'] {
  const open: PromiseWithResolvers<Answer>[] = [];
  let ended = false;
  peer.on('message', (answer: Answer) => open.shift()?.resolve(answer));
  peer.once('exit', () => {
    ended = true;
    for (const { reject } of open.splice(0)) reject(new Error(GONE));
  });
  return async (question) => {
    if (ended) throw new Error(GONE);
    send(question); // throws where it cannot be sent
    const asked = Promise.withResolvers<Answer>();
    open.push(asked);
    return asked.promise;
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
