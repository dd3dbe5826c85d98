// Claim      For documents of 20 ms of waiting and 15 ms of computing, async downloads with 2 computing threads are at
//            least 1.7 times as fast as async alone.
// Mechanism  One thread waits for many downloads; the others only compute. A document counts until it is computed.
// Use when   a document takes milliseconds of CPU.
// Do not     limit the downloads alone: documents would pile up.
// Copy       recipe.ts, score-task.ts; npm: p-limit, piscina, undici; Node 22.19 or newer
// Run        pnpm tsx packages/async-io/src/main.ts async-plus-threads

import pLimit from 'p-limit';
import { Piscina } from 'piscina';
import { request } from 'undici';
import type { Score, ScoreTask } from './score-task.ts';

export interface Steps<Input, Output> {
  readonly download: (input: Input) => Promise<ArrayBuffer>;
  /** What is computed of a document: on threads, or on this one. */
  readonly compute: (packed: ArrayBuffer, input: Input) => Output | Promise<Output>;
  /** Downloads under way at once. */
  readonly limit: number;
}

/**
 * Downloads and computes, overlapping; at most twice the limit of documents is in memory. Outputs are in the order of the
 * inputs.
 *
 * @throws the first error of a step
 */
export async function pipeline<Input, Output>(
  inputs: readonly Input[],
  { download: fetchOne, compute, limit }: Steps<Input, Output>,
): Promise<Output[]> {
  const downloads = pLimit(limit);
  const documents = pLimit(2 * limit); // one half waits for a thread, or is on one, while the other half comes in
  return documents.map(inputs, async (input) => compute(await downloads(fetchOne, input), input));
}

/** @throws Error where the status is another than 200 */
export async function download(url: string): Promise<ArrayBuffer> {
  const { statusCode, body } = await request(url);
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
  const options = { filename: task.href, minThreads: threads, maxThreads: threads, execArgv: [] };
  const pool = new Piscina<ScoreTask, Output>(options);
  return {
    /** The document moves to a thread, and is not copied: this thread cannot read it any more. */
    score: (packed: ArrayBuffer, query: string): Promise<Output> =>
      pool.run({ packed, query }, { transferList: [packed] as TransferList }),
    close: (): Promise<void> => pool.destroy(),
  };
}

/** Piscina's type of the list names the options that `postMessage` takes instead of a list. */
type TransferList = NonNullable<Parameters<Piscina['run']>[1]>['transferList'] & ArrayBuffer[];
