// Claim      200 documents, each a wait of 20 ms and about 15 ms of computing, on 2 cores: async for the waiting and threads
//            for the computing is at least 1.7 times as fast as async alone, and threads alone are no match for it; never are
//            more than twice the limit of documents in memory.
// Mechanism  One thread keeps 16 downloads under way and computes nothing; threads compute, and never wait. What is downloaded
//            counts until it is computed, so that a fast network cannot run ahead of slow threads.
// Use when   what is fetched takes milliseconds of CPU time each: unpack, parse, index, resize.
// Do not     take threads where the computing is small: see `io-in-workers`. Do not wait in a pool's thread: it is one
//            computing thread less. And do not limit the downloads alone: what they fetched would pile up.
// Run        pnpm tsx packages/async-io/src/main.ts async-plus-threads

import pLimit from 'p-limit';
import { Piscina } from 'piscina';
import type { FetchTask } from './fetch-and-score-task.ts';
import type { ScoreReport, ScoreTask } from './score-task.ts';

export interface Steps<Output> {
  readonly download: (number: number) => Promise<ArrayBuffer>;
  /** What is computed of a document: on this thread, or wherever the promise comes from. */
  readonly compute: (packed: ArrayBuffer, number: number) => Output | Promise<Output>;
  /** Downloads under way at once. */
  readonly limit: number;
}

/** The pipeline. Outputs are in the order of the numbers; at most twice the limit of documents is in memory. */
export async function pipeline<Output>(
  numbers: readonly number[],
  { download, compute, limit }: Steps<Output>,
): Promise<Output[]> {
  const downloads = pLimit(limit);
  const documents = pLimit(2 * limit); // one half may wait for the computing, or be at it, while the other comes in
  return documents.map(numbers, async (number) => compute(await downloads(download, number), number));
}

/** Nothing overlaps: a download, its computing, the next download. */
export async function oneByOne<Output>(
  numbers: readonly number[],
  { download, compute }: Omit<Steps<Output>, 'limit'>,
): Promise<Output[]> {
  const outputs: Output[] = [];
  for (const number of numbers) outputs.push(await compute(await download(number), number));
  return outputs;
}

/** Threads that compute, for the pipeline: the packed document moves to a thread, and is not copied. */
export function openScorers(threads: number) {
  const pool = openPool<ScoreTask, ScoreReport>('./score-task.ts', threads);
  return {
    score: (packed: ArrayBuffer, query: string): Promise<ScoreReport> =>
      pool.run({ packed, query }, { transferList: [packed] as TransferList }),
    close: (): Promise<void> => pool.destroy(),
  };
}

/** Threads that do everything, one document at a time each: while one downloads, it computes nothing. */
export function openFetchers(threads: number) {
  const pool = openPool<FetchTask, ScoreReport>('./fetch-and-score-task.ts', threads);
  return {
    run: (tasks: readonly FetchTask[]): Promise<ScoreReport[]> => Promise.all(tasks.map((task) => pool.run(task))),
    close: (): Promise<void> => pool.destroy(),
  };
}

/** Piscina takes the list of a message; its type follows the options that `postMessage` takes instead. */
type TransferList = RunOptions['transferList'] & ArrayBuffer[];
type RunOptions = NonNullable<Parameters<Piscina['run']>[1]>;

function openPool<Task, Output>(file: string, threads: number): Piscina<Task, Output> {
  const filename = new URL(file, import.meta.url).href;
  return new Piscina<Task, Output>({ filename, minThreads: threads, maxThreads: threads, execArgv: [] });
}
