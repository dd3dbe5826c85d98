import { allHold, counted, defineClaim, judgeBounds } from '@cookbook/lab/claim';
import type { Context, Evidence } from '@cookbook/lab/claim';
import { tallyFigures } from '@cookbook/lab/outcomes';
import { judgeTally, tally } from '@cookbook/lab/race';
import type { Tally } from '@cookbook/lab/race';
import { openEntries } from './proof/entries.ts';

const TASKS = 4;
/** With more threads the race strikes less often: each is asleep for longer. */
const THREADS = 2;
const TIMES = 2_000;
const ROUNDS = 4;
/** The race between threads is provoked until it strikes, but no longer than this, ms. */
const PROVOKE_MS = 2_000;

const OVERLAP = 'two inside at once';

interface WebLocksEvidence extends Evidence {
  readonly acrossThreads: Tally;
}

export default defineClaim<WebLocksEvidence>({
  id: 'threads/web-locks',
  says: "The platform's exclusive lock excludes every other holder.",
  from: ['ours'],
  answer:
    'Within one thread navigator.locks does; across worker threads it is not to be relied on: overlaps are counted, and the version of Node named.',

  async measure({ signal, budget }: Context) {
    const withinThread = await rounds(1, TASKS, 'navigator.locks', ROUNDS, signal);
    const mutex = await rounds(THREADS, 1, 'Mutex.lockAsync', ROUNDS, signal);
    const overlaps = await provoke(Math.min(PROVOKE_MS, budget), signal);
    const acrossThreads = tally(
      overlaps.map((count) => (count > 0 ? OVERLAP : 'one at a time')),
      { 'one at a time': 'acceptable', [OVERLAP]: 'interesting' },
    );
    const total = sum(overlaps);
    return {
      acrossThreads,
      headline: `Node ${process.version}: ${total} overlaps in ${entries(THREADS, overlaps.length)} entries of ${THREADS} threads, ${sum(withinThread)} in ${entries(TASKS, ROUNDS)} of ${TASKS} tasks on one thread, ${sum(mutex)} under Mutex.lockAsync`,
      figures: [
        counted(`navigator.locks, ${TASKS} tasks of one thread: overlaps`, sum(withinThread), 'entries', { most: 0 }),
        counted(`Mutex.lockAsync, ${THREADS} threads: overlaps`, sum(mutex), 'entries', { most: 0 }),
        counted(`navigator.locks, ${THREADS} threads: overlaps`, total, 'entries'),
        ...tallyFigures(acrossThreads, `navigator.locks, ${THREADS} threads`),
      ],
      notes: [
        `Node ${process.version}. Rounds of ${entries(THREADS, 1)} entries, until an overlap is seen or ${PROVOKE_MS / 1_000} s are over. Where none is seen, that proves nothing.`,
      ],
    };
  },

  judge: (evidence) => allHold([judgeBounds(evidence), judgeTally(evidence.acrossThreads, OVERLAP)]),
});

async function rounds(
  threads: number,
  tasks: number,
  way: 'navigator.locks' | 'Mutex.lockAsync',
  count: number,
  signal: AbortSignal,
): Promise<number[]> {
  const section = openEntries(threads, tasks);
  const overlaps: number[] = [];
  try {
    for (let round = 0; round < count; round++) {
      signal.throwIfAborted();
      overlaps.push(await section.run(way, TIMES));
    }
    return overlaps;
  } finally {
    await section.close();
  }
}

/** At least `ROUNDS` rounds between threads, and more until an overlap is seen or the time is over. */
async function provoke(limit: number, signal: AbortSignal): Promise<number[]> {
  const deadline = performance.now() + limit;
  const overlaps: number[] = [];
  const section = openEntries(THREADS, 1);
  try {
    while (overlaps.length < ROUNDS || (sum(overlaps) === 0 && performance.now() < deadline)) {
      signal.throwIfAborted();
      overlaps.push(await section.run('navigator.locks', TIMES));
    }
    return overlaps;
  } finally {
    await section.close();
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** How often the section was entered in so many rounds. */
function entries(lanes: number, roundsDone: number): string {
  return (lanes * roundsDone * TIMES).toLocaleString('en-US');
}
