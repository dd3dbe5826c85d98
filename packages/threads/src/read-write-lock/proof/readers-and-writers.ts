// Readers and writers, run for run, and what a short read costs.

import type { Context, Figure } from '@cookbook/lab/claim';
import { comparePairs, ratioFigure } from '@cookbook/lab/speedup';
import { cpuOf, openTogether } from '../../proof/run-together.ts';
import { PAIR_WORDS, seen } from './pair-task.ts';
import type { PairWay, Roles } from './pair-task.ts';
import { KEPT_OUT, WRITER_FIRST_WORDS } from './writer-first-task.ts';

const TIMES = 5_000;
const TIMES_FOR_COST = 200_000;
const PAIRS = [5, 5] as const;

/** One run. */
export type PairResult = ReturnType<typeof seen> & {
  /** Nanoseconds of CPU time, of all threads together, for each read or write. */
  readonly nsPerAccess: number;
};

/** Starts so many readers and writers that can meet many times over. */
export function openReadersAndWriters(readers: number, writers: number) {
  const threads = readers + writers;
  const together = openTogether<PairWay, Roles>(new URL('./pair-task.ts', import.meta.url), threads, PAIR_WORDS);
  return {
    async run(way: PairWay, times: number): Promise<PairResult> {
      const run = await together.run(way, times, { readers });
      return { ...seen(run.memory), nsPerAccess: (cpuOf(run) * 1e6) / (times * threads) };
    },
    close: () => together.close(),
  };
}

/** So many rounds of readers and writers, without a lock and with it. */
export async function readAndWrite(readers: number, writers: number, rounds: number, { signal }: Context) {
  const unlocked: PairResult[] = [];
  const locked: PairResult[] = [];
  const threads = openReadersAndWriters(readers, writers);
  try {
    for (let round = 0; round < rounds; round++) {
      signal.throwIfAborted();
      unlocked.push(await threads.run('nothing', TIMES));
      locked.push(await threads.run('read-write lock', TIMES));
    }
  } finally {
    await threads.close();
  }
  return {
    tornUnlocked: sum(unlocked, 'tornReads'),
    torn: sum(locked, 'tornReads'),
    writerOverlaps: sum(locked, 'writerOverlaps'),
    /** Readers that were inside together, in every round. */
    together: Math.min(...locked.map(({ mostReaders }) => mostReaders)),
    accesses: TIMES * (readers + writers) * rounds,
  };
}

/** In how many of so many rounds a reader was kept out that came while a writer waited for another to leave. */
export async function readersKeptOut(rounds: number, { signal }: Pick<Context, 'signal'>): Promise<number> {
  const task = new URL('./writer-first-task.ts', import.meta.url);
  const threads = openTogether<'writer first'>(task, 3, WRITER_FIRST_WORDS);
  let keptOut = 0;
  try {
    for (let round = 0; round < rounds; round++) {
      signal.throwIfAborted();
      keptOut += (await threads.run('writer first', 1)).memory[KEPT_OUT]!;
    }
    return keptOut;
  } finally {
    await threads.close();
  }
}

/** CPU time of a short read under the read lock / under a mutex. */
export async function costOfReading(context: Context): Promise<Figure> {
  const readers = openReadersAndWriters(2, 0);
  try {
    const cost = await comparePairs(
      async () => (await readers.run('read lock only', TIMES_FOR_COST)).nsPerAccess,
      async () => (await readers.run('mutex only', TIMES_FOR_COST)).nsPerAccess,
      { context, pairs: PAIRS },
    );
    return ratioFigure('cost', 'CPU time of a short read under the read lock / under a mutex, 2 threads', cost);
  } finally {
    await readers.close();
  }
}

function sum(results: readonly PairResult[], field: 'tornReads' | 'writerOverlaps'): number {
  return results.reduce((total, result) => total + result[field], 0);
}
