// Four ways to score an archive, with a count of the documents in memory.

import { Piscina } from 'piscina';
import type { Archive } from './archive.ts';
import type { FetchTask } from './fetch-and-score-task.ts';
import type { ScoreReport } from './reporting-score-task.ts';
import { download, openScorers, pipeline } from '../recipe.ts';
import type { Steps } from '../recipe.ts';
import { scoreDocument } from '../score-task.ts';
import type { Score } from '../score-task.ts';

export const QUERY = 'concurrency is not parallelism';

export type Strategy = 'one by one' | 'async alone' | 'threads alone' | 'async and threads';

/** Documents from the start of their download to the end of their computing. */
export class Held {
  #held = 0;
  #most = 0;
  readonly #start = performance.now();
  readonly #done: number[] = [];
  /** The threads that computed, where it was others than this one. */
  readonly lanes = new Set<string>();

  /** The most at once. */
  get most(): number {
    return this.#most;
  }

  /** When each was done, ms since this was made. */
  get done(): readonly number[] {
    return this.#done;
  }

  begin(): void {
    this.#most = Math.max(this.#most, ++this.#held);
  }

  end(): void {
    this.#held--;
    this.#done.push(performance.now() - this.#start);
  }
}

/** The archive as steps: its documents are counted from here... */
export function downloading({ origin }: Archive, held: Held) {
  return (number: number): Promise<ArrayBuffer> => {
    held.begin();
    return download(`${origin}/document/${number}`);
  };
}

/** ...to here, where this thread computes. */
export function scoringHere(held: Held) {
  return (packed: ArrayBuffer): Score => {
    const score = scoreDocument(new Uint8Array(packed), QUERY);
    held.end();
    return score;
  };
}

/** The same, where threads compute. */
export function scoringOnThreads({ score }: Pick<ReturnType<typeof openReportingScorers>, 'score'>, held: Held) {
  return async (packed: ArrayBuffer): Promise<ScoreReport> => {
    const report = await score(packed, QUERY);
    held.end();
    held.lanes.add(report.report.lane);
    return report;
  };
}

export function taskOf({ origin }: Archive, number: number): FetchTask {
  return { url: `${origin}/document/${number}`, query: QUERY };
}

/** Nothing overlaps: a download, its computing, the next download. */
async function oneByOne<Input, Output>(
  inputs: readonly Input[],
  { download: fetchOne, compute }: Omit<Steps<Input, Output>, 'limit'>,
  { signal } = new AbortController(),
): Promise<Output[]> {
  const outputs: Output[] = [];
  for (const input of inputs) outputs.push(await compute(await fetchOne(input, signal), input, signal));
  return outputs;
}

/** The recipe's threads, which report what each document took. */
export function openReportingScorers(threads: number) {
  return openScorers<ScoreReport>(threads, new URL('./reporting-score-task.ts', import.meta.url));
}

/** Threads that do all of a document, one at a time each: while one downloads, it computes nothing. */
export function openFetchers(threads: number) {
  const filename = new URL('./fetch-and-score-task.ts', import.meta.url).href;
  const options = { filename, minThreads: threads, maxThreads: threads, execArgv: [] };
  const pool = new Piscina<FetchTask, ScoreReport>(options);
  return {
    run: (tasks: readonly FetchTask[]): Promise<ScoreReport[]> => Promise.all(tasks.map((task) => pool.run(task))),
    close: (): Promise<void> => pool.destroy(),
  };
}

/** The strategies, with their threads started. */
export function openStrategies(archive: Archive, threads: number, limit: number) {
  const scorers = openReportingScorers(threads);
  const fetchers = openFetchers(threads);
  const strategies: Record<Strategy, (numbers: readonly number[], held: Held) => Promise<Score[]>> = {
    'one by one': (numbers, held) =>
      oneByOne(numbers, { download: downloading(archive, held), compute: scoringHere(held) }),
    'async alone': (numbers, held) =>
      pipeline(numbers, { download: downloading(archive, held), compute: scoringHere(held), limit }),
    'threads alone': async (numbers, held) => {
      const fetchOne = async (number: number): Promise<Score> => {
        const [{ score }] = (await fetchers.run([taskOf(archive, number)])) as [ScoreReport];
        held.begin();
        held.end(); // how many are held inside the threads is their number; when they are done is known here
        return score;
      };
      return Promise.all(numbers.map(fetchOne));
    },
    'async and threads': async (numbers, held) => {
      const compute = scoringOnThreads(scorers, held);
      const reports = await pipeline(numbers, { download: downloading(archive, held), compute, limit });
      return reports.map(({ score }) => score);
    },
  };
  return {
    strategies,
    async close(): Promise<void> {
      await Promise.all([scorers.close(), fetchers.close()]);
    },
  };
}
