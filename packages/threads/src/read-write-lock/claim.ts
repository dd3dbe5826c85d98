import { counted, defineClaim, describeValue, judgeBounds } from '@cookbook/lab/claim';
import type { Context } from '@cookbook/lab/claim';
import { comparePairs, ratioFigure } from '@cookbook/lab/speedup';
import { openReadersAndWriters } from './proof/readers-and-writers.ts';
import type { PairResult } from './proof/readers-and-writers.ts';

const READERS = 2;
const WRITERS = 2;
const ROUNDS = 5;
const TIMES = 5_000;
const TIMES_FOR_COST = 200_000;
const PAIRS = [5, 5] as const;

export default defineClaim({
  id: 'threads/read-write-lock',
  says: 'A read-write lock lets readers in together and a writer alone.',
  from: ['MM'],
  answer:
    'So does one on Atomics.wait and notify: readers are inside at the same time, no writer ever with anybody else, and no reader sees half of a write.',

  async measure(context: Context) {
    const unlocked: PairResult[] = [];
    const locked: PairResult[] = [];
    const threads = openReadersAndWriters(READERS, WRITERS);
    try {
      for (let round = 0; round < ROUNDS; round++) {
        context.signal.throwIfAborted();
        unlocked.push(await threads.run('nothing', TIMES));
        locked.push(await threads.run('read-write lock', TIMES));
      }
    } finally {
      await threads.close();
    }
    const cost = await costOfReading(context);
    const together = Math.min(...locked.map(({ mostReaders }) => mostReaders));
    const costFigure = ratioFigure('CPU time of a short read under the read lock / under a mutex, 2 threads', cost);
    return {
      headline: `${together} readers inside together, ${sum(locked, 'writerOverlaps')} with a writer, ${sum(locked, 'tornReads')} torn reads (${sum(unlocked, 'tornReads').toLocaleString('en-US')} without a lock); a short read costs ${describeValue(costFigure)} a mutex`,
      figures: [
        counted('read-write lock: torn reads', sum(locked, 'tornReads'), 'reads', { most: 0 }),
        counted('read-write lock: a writer and another inside', sum(locked, 'writerOverlaps'), 'times', { most: 0 }),
        counted('read-write lock: readers inside together, in every round', together, 'readers', { least: READERS }),
        // At least once a round: the threads meet between the two halves of a write.
        counted('nothing: torn reads', sum(unlocked, 'tornReads'), 'reads', { least: ROUNDS }),
        costFigure,
      ],
    };
  },

  judge: judgeBounds,
});

async function costOfReading(context: Context) {
  const readers = openReadersAndWriters(2, 0);
  try {
    return await comparePairs(
      async () => (await readers.run('read lock only', TIMES_FOR_COST)).nsPerAccess,
      async () => (await readers.run('mutex only', TIMES_FOR_COST)).nsPerAccess,
      { context, pairs: PAIRS },
    );
  } finally {
    await readers.close();
  }
}

function sum(results: readonly PairResult[], field: 'tornReads' | 'writerOverlaps'): number {
  return results.reduce((total, result) => total + result[field], 0);
}
