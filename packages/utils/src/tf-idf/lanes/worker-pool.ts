// The workers of a vectorizer. They start when they are first needed, are kept for the next call, and do not keep the
// program alive while they have nothing to do.

import { Worker } from 'node:worker_threads';
import type { KnownTokens } from '../count/token-table.ts';
import type { LaneTerms } from '../model/lane-terms.ts';
import type { Settings } from '../options/options.ts';
import type { AsyncLane } from './async-lane.ts';
import { BatchWriter } from './batch.ts';
import type { Answer, Question } from './messages.ts';

/** One batch is filled while another one is counted. */
const WRITERS = 2;

/** Starts workers as lanes are asked for, and ends them together. */
export class WorkerPool {
  readonly #workers: PoolWorker[] = [];
  #sessions = 0;

  /** So many lanes, each on a worker of its own. A worker that has died is replaced. */
  open(count: number, settings: Settings, known?: KnownTokens): AsyncLane[] {
    const session = this.#sessions++;
    return Array.from({ length: count }, (_, n) => {
      if (this.#workers[n]?.isAlive !== true) this.#workers[n] = new PoolWorker(n);
      return workerLane(this.#workers[n], session, settings, known);
    });
  }

  /** Ends them, also in the middle of their work. */
  async close(): Promise<void> {
    await Promise.all(this.#workers.splice(0).map((worker) => worker.close()));
  }
}

class PoolWorker {
  readonly #worker: Worker;
  readonly #pending = new Map<number, PromiseWithResolvers<unknown>>();
  #questions = 0;
  #death: Error | undefined;

  constructor(number: number) {
    // Not the loader of tsx nor the flags of a test runner: a clean worker.
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), { execArgv: [], name: `tf-idf-${number}` });
    this.#worker.unref();
    this.#worker.on('message', (answer: Answer) => this.#settle(answer));
    this.#worker.on('error', (error) => this.#die(error as Error));
    this.#worker.on('exit', (code) =>
      this.#die(new Error(`Expected the thread to answer, it ended with exit code ${code}`)),
    );
  }

  get isAlive(): boolean {
    return this.#death === undefined;
  }

  ask(session: number, ask: Question['ask']): Promise<unknown> {
    if (this.#death !== undefined) return Promise.reject(this.#death);
    const number = this.#questions++;
    const pending = Promise.withResolvers<unknown>();
    this.#pending.set(number, pending);
    this.#worker.ref();
    this.#worker.postMessage({ number, session, ask } satisfies Question);
    return pending.promise;
  }

  async close(): Promise<void> {
    this.#die(new Error('Expected the vectorizer to be open, it has been disposed of'));
    this.#worker.ref(); // its end is waited for
    await this.#worker.terminate();
  }

  #settle({ number, result, error }: Answer): void {
    const pending = this.#pending.get(number);
    this.#pending.delete(number);
    if (this.#pending.size === 0 && this.isAlive) this.#worker.unref();
    if (error === undefined) pending?.resolve(result);
    else pending?.reject(error);
  }

  #die(error: Error): void {
    this.#death ??= error;
    for (const { reject } of this.#pending.values()) reject(this.#death);
    this.#pending.clear();
  }
}

function workerLane(worker: PoolWorker, session: number, settings: Settings, known?: KnownTokens): AsyncLane {
  const ask = (question: Question['ask']): Promise<unknown> => worker.ask(session, question);
  const opened = ask({ kind: 'open', settings, known });
  opened.catch(() => {}); // a worker that cannot start fails the next question too, which somebody waits for
  return {
    writers: Array.from({ length: WRITERS }, () => new BatchWriter()),
    count: (batch) => ask({ kind: 'count', batch }) as Promise<void>,
    finishCounting: (wanted) => ask({ kind: 'finishCounting', wanted }) as Promise<LaneTerms>,
    place: (placement, indptr) => ask({ kind: 'place', placement, indptr }) as Promise<void>,
    write: (rows) => ask({ kind: 'write', rows }) as Promise<void>,
    close: () => void ask({ kind: 'close' }).catch(() => {}),
  };
}
