// Claim      For documents of 20 ms of waiting and 15 ms of computing, async downloads with 2 computing threads are at
//            least 1.7 times as fast as async alone.
// Mechanism  One thread waits for many downloads; the others only compute. A document counts until it is computed.
// Use when   a document takes milliseconds of CPU.
// Do not     limit the downloads alone: documents would pile up.
// Copy       recipe.ts, score-task.ts, ../concurrency-vs-parallelism/threads.ts, ../fail-fast/recipe.ts;
//            npm: p-limit, piscina, undici; Node 22.19 or newer
// Run        pnpm tsx packages/async-io/src/main.ts async-plus-threads

import pLimit from 'p-limit';
import { request } from 'undici';
import { openTaskThreads } from '../concurrency-vs-parallelism/threads.ts';
import { mapLimited } from '../fail-fast/recipe.ts';
import type { Score, ScoreTask } from './score-task.ts';

export interface Steps<Input, Output> {
  readonly download: (input: Input, signal: AbortSignal) => Promise<ArrayBuffer>;
  /** What is computed of a document: on threads, or on this one. */
  readonly compute: (packed: ArrayBuffer, input: Input, signal: AbortSignal) => Output | Promise<Output>;
  /** Downloads under way at once. */
  readonly limit: number;
}

/**
 * Downloads and computes, overlapping; at most twice the limit of documents is in memory. Outputs are in the order of the
 * inputs. The first error, or the signal, cancels what is under way, and nothing more begins.
 *
 * @throws the first error of a step, or the signal's reason, once nothing is under way
 */
export async function pipeline<Input, Output>(
  inputs: readonly Input[],
  { download: fetchOne, compute, limit }: Steps<Input, Output>,
  signal?: AbortSignal,
): Promise<Output[]> {
  const downloads = pLimit(limit);
  const documents = 2 * limit; // one half waits for a thread, or is on one, while the other half comes in
  const one = async (input: Input, stop: AbortSignal): Promise<Output> => {
    const packed = await downloads(() => {
      stop.throwIfAborted(); // while it waited
      return fetchOne(input, stop);
    });
    stop.throwIfAborted();
    return compute(packed, input, stop);
  };
  return mapLimited(inputs, documents, one, signal);
}

/** @throws Error where the status is another than 200; the signal's reason */
export async function download(url: string, signal?: AbortSignal): Promise<ArrayBuffer> {
  const { statusCode, body } = await request(url, signal && { signal });
  const bytes = await body.arrayBuffer(); // read whatever the status: the connection is kept
  if (statusCode !== 200) throw new Error(`Expected status 200 of ${url}, got ${statusCode}`);
  return bytes;
}

/**
 * Threads that compute.
 *
 * @param task the module whose default export they run: put your own computing there
 */
export function openScorers<Output = Score>(threads: number, task = new URL('./score-task.ts', import.meta.url)) {
  const pool = openTaskThreads<ScoreTask, Output>(task, threads);
  return {
    /**
     * The document moves to a thread, and is not copied: this thread cannot read it any more. An abort ends the thread that
     * computes it, and another one starts.
     *
     * @throws what the task throws, or the signal's reason
     */
    score: (packed: ArrayBuffer, query: string, signal?: AbortSignal): Promise<Output> =>
      pool.run({ packed, query }, signal, [packed]),
    close: (): Promise<void> => pool.close(),
  };
}
