// The largest of many doubles in shared memory, by several threads. They take parts from one counter rather than a half
// each: a thread that has no core for a while then holds up a part, not a half.

import { Worker } from 'node:worker_threads';
import { usableCores } from '@cookbook/lab/host';
import { extremeOf } from '../extremes/number-arrays.ts';
import { defaultOf, nanError, readNanPolicy } from '../extremes/options.ts';
import type { MaxOptions } from '../extremes/options.ts';
import { memoryOf } from '../kernels/simd.ts';
import type { Answer, Question } from './messages.ts';

/** 8 MiB: with less a memory that is read in turns by several cores gives less. */
const MOST_OF_A_PART = 1_048_576;

/** Parts for each thread, where there are not more: what the last one keeps the others waiting. */
const PARTS_OF_A_THREAD = 8;

/** Below this many values a message to a thread and back takes longer than it saves: see the claim, which measures it. */
const PAYS_FROM = 1_000_000;

/** Options of `MaxThreads`. */
export interface MaxThreadsOptions {
  /** Threads, from 1 up; 'auto' for one a core, and for none where there are few values. */
  readonly threads?: number | 'auto';
}

interface Pending {
  readonly answers: Answer[];
  readonly done: PromiseWithResolvers<readonly Answer[]>;
}

/** Threads that look for the largest value, started by the first call that needs them and kept until disposed of. */
export class MaxThreads implements AsyncDisposable {
  readonly threads: number;
  readonly #auto: boolean;
  readonly #pending = new Map<number, Pending>();
  #workers: Worker[] = [];
  #asked = 0;
  #end: Error | undefined;

  /** @throws RangeError where `threads` is not an integer from 1 up */
  constructor({ threads = 'auto' }: MaxThreadsOptions = {}) {
    this.#auto = threads === 'auto';
    this.threads = threads === 'auto' ? usableCores() : threads;
    if (!Number.isInteger(this.threads) || this.threads < 1) {
      throw new RangeError(`Expected \`threads\` to be 'auto' or an integer from 1 up, got ${threads}`);
    }
  }

  /**
   * As `max`, the same to the bit for any number of threads. The values must not change meanwhile.
   *
   * @throws TypeError where the values do not lie in a SharedArrayBuffer; otherwise as `max`
   * @throws Error where a thread fails or the threads are disposed of
   */
  async max<D = never>(values: Float64Array, options: MaxOptions<D> = {}): Promise<number | D> {
    const nan = readNanPolicy(options);
    if (!(values instanceof Float64Array && values.buffer instanceof SharedArrayBuffer)) {
      throw new TypeError('Expected `values` to be a Float64Array on a SharedArrayBuffer');
    }
    if (this.#end) throw this.#end;
    const few = values.length < (this.#auto ? PAYS_FROM : 1);
    if (few) return extremeOf(values, 'max', nan) ?? defaultOf(options, nan);

    const answers = await this.#ask(values);
    const best = Math.max(...answers.map((answer) => answer.best));
    const hasNan = answers.some((answer) => answer.hasNan);
    if (hasNan && nan === 'throw') throw nanError(values.findIndex(Number.isNaN));
    if (hasNan && nan === 'propagate') return NaN;
    return hasNan && best === -Infinity && !values.includes(-Infinity) ? defaultOf(options, nan) : best;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#fail(new Error('Expected the threads to be open, they are disposed of'));
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #ask(values: Float64Array): Promise<readonly Answer[]> {
    if (this.#workers.length === 0) this.#workers = Array.from({ length: this.threads }, () => this.#start());
    const id = this.#asked++;
    const next = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const part = Math.min(MOST_OF_A_PART, Math.ceil(values.length / (PARTS_OF_A_THREAD * this.threads)));
    const memory = memoryOf(values);
    const done = Promise.withResolvers<readonly Answer[]>();
    this.#pending.set(id, { answers: [], done });
    for (const worker of this.#workers) {
      worker.ref();
      worker.postMessage({ id, values, part, next, ...(memory && { memory }) } satisfies Question);
    }
    return done.promise;
  }

  #start(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { execArgv: [] });
    worker.on('message', (answer: Answer) => this.#settle(answer));
    worker.on('error', (error) => this.#fail(error as Error));
    worker.on('exit', (code) => this.#fail(new Error(`A thread ended with exit code ${code}`)));
    return worker;
  }

  #settle(answer: Answer): void {
    const pending = this.#pending.get(answer.id);
    if (pending === undefined) return;
    if (pending.answers.push(answer) < this.threads) return;
    this.#pending.delete(answer.id);
    // Threads that wait for work do not keep the process from ending.
    if (this.#pending.size === 0) for (const worker of this.#workers) worker.unref();
    pending.done.resolve(pending.answers);
  }

  #fail(error: Error): void {
    this.#end ??= error;
    for (const { done } of this.#pending.values()) done.reject(this.#end);
    this.#pending.clear();
  }
}

/**
 * `MaxThreads` for one call: the threads are started and ended by it, which takes some 30 ms.
 *
 * @throws as `MaxThreads`
 */
export async function maxParallel<D = never>(
  values: Float64Array,
  { threads = 'auto', ...options }: MaxOptions<D> & MaxThreadsOptions = {},
): Promise<number | D> {
  await using lanes = new MaxThreads({ threads });
  return await lanes.max(values, options);
}
