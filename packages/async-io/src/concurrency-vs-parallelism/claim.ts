import { allHold, counted, defineClaim, judgeAtOnce, judgeIntervals, sampled } from '@cookbook/lab/claim';
import type { Context, Evidence, Figure } from '@cookbook/lab/claim';
import { asNote } from '@cookbook/lab/show';
import {
  isSerialSettled,
  isSettled,
  judgeParallel,
  judgeSerial,
  measureSpeedup,
  speedupFigures,
} from '@cookbook/lab/speedup';
import type { Speedup } from '@cookbook/lab/speedup';
import { calibrate, now, UNIT_MS, waitingTime } from '@cookbook/lab/task';
import type { Unit } from '@cookbook/lab/task';
import { computeOnOneThread, mostAtOnce, openThreads, waitOnOneThread } from './recipe.ts';
import type { Span } from './recipe.ts';
import { drawTimeline, underWay } from './timeline.ts';
import type { Track } from './timeline.ts';

const TASKS = 6;
const THREADS = 2;
const ROUNDS = 3;
const MOST_TRIES = 8;

interface TimelineEvidence extends Evidence {
  readonly counts: readonly Figure[];
  readonly shares: readonly Figure[];
  readonly onOne: Speedup;
  readonly onTwo: Speedup;
}

export default defineClaim<TimelineEvidence>({
  id: 'async-io/concurrency-vs-parallelism',
  says: 'Concurrency manages many tasks at once; parallelism runs them at the same time.',
  from: ['RC'],
  answer: `Of ${TASKS} tasks on one thread all wait at once, at under a tenth of its CPU; of ${TASKS} that compute one is at work at a time, and on ${THREADS} threads ${THREADS} are.`,

  async measure(context: Context) {
    const unit = calibrate();
    const units = Array.from({ length: TASKS }, () => unit);
    const threads = openThreads(THREADS);
    const waits: Watched[] = [];
    let one: Watched;
    const two: Watched[] = [];
    try {
      await threads.run(units.slice(0, THREADS)); // they are there, and their code is compiled
      for (let round = 0; round < ROUNDS; round++) waits.push(await watch(() => waitOnOneThread(TASKS, UNIT_MS)));
      one = await watch(() => computeOnOneThread(units));
      // A busy host may leave only one of the threads a core; it need not, so a few tries.
      do two.push(await watch(() => threads.run(units)));
      while (most(two) < THREADS && two.length < MOST_TRIES);
      context.signal.throwIfAborted();
    } finally {
      await threads.close();
    }
    const { onOne, onTwo } = await measureBoth(unit, context);

    const counts = [
      counted('waiting on one thread: most under way at once', most(waits), 'tasks', exactly(TASKS)),
      counted('computing on one thread: most at work at once', most([one]), 'tasks', exactly(1)),
      counted(`computing on ${THREADS} threads: most at work at once`, most(two), 'tasks', exactly(THREADS)),
    ];
    const shares = [
      sampled(
        'CPU of the thread while its tasks wait',
        waits.map(({ share }) => share),
        '%',
        { most: 10 },
      ),
      sampled('CPU of the thread while its tasks compute', [one.share], '%', { least: 75 }),
    ];
    const tracks: Track[] = [
      { name: `${TASKS} tasks that wait, 1 thread`, spans: waits.at(-1)!.spans, mark: '░' },
      { name: `${TASKS} tasks that compute, 1 thread`, spans: one.spans, mark: '█' },
      { name: `${TASKS} tasks that compute, ${THREADS} threads`, spans: two.at(-1)!.spans, mark: '█' },
    ];
    return {
      counts,
      shares,
      onOne,
      onTwo,
      headline: `${TASKS} tasks: ${counts[0]!.median} wait at once with ${shares[0]!.median.toFixed(0)} % of the CPU, ${counts[1]!.median} computes at a time, ${counts[2]!.median} on ${THREADS} threads`,
      figures: [
        ...counts,
        ...shares,
        ...speedupFigures(onTwo, `computing on ${THREADS} threads`, 'parallel'),
        ...speedupFigures(onOne, `computing in ${THREADS} async tasks`, 'serial'),
      ],
      notes: [asNote(drawTimeline(tracks, Math.max(40, context.screen.columns - 4)))],
      plots: [
        {
          kind: 'lines',
          title: 'Tasks under way over time',
          x: { label: 'time', unit: 'ms', scale: 'linear' },
          y: { label: 'tasks at once', unit: 'count', scale: 'linear' },
          series: tracks.map(underWay),
        },
      ],
    };
  },

  judge: ({ counts, shares, onOne, onTwo }) =>
    allHold([...counts.map(judgeAtOnce), judgeIntervals(shares), judgeSerial(onOne), judgeParallel(onTwo)]),
});

/** The most tasks at once in any of the runs. */
function most(runs: readonly Watched[]): number {
  return Math.max(...runs.map(({ spans }) => mostAtOnce(spans)));
}

interface Watched {
  readonly spans: readonly Span[];
  /** CPU time of this thread / the time for which it had a core or needed none, %. */
  readonly share: number;
}

async function watch(run: () => Promise<readonly Span[]>): Promise<Watched> {
  const waitedAtStart = waitingTime() ?? 0;
  const cpuAtStart = process.threadCpuUsage();
  const start = now();
  const spans = await run();
  const wall = now() - start;
  const { user, system } = process.threadCpuUsage(cpuAtStart);
  const waited = (waitingTime() ?? 0) - waitedAtStart;
  return { spans, share: (100 * (user + system)) / 1_000 / Math.max(1, wall - waited) };
}

async function measureBoth(unit: Unit, context: Context): Promise<{ onOne: Speedup; onTwo: Speedup }> {
  const onTwo = await measureSpeedup({
    open: openThreads,
    lanes: THREADS,
    unit,
    context: { ...context, budget: context.budget / 2 },
    enough: isSettled,
  });
  const onOne = await measureSpeedup({
    open: () => ({ run: computeOnOneThread, close: async () => {} }),
    lanes: THREADS,
    unit,
    context: { ...context, budget: context.budget / 2 },
    trials: [3, 12],
    enough: isSerialSettled,
  });
  return { onOne, onTwo };
}

function exactly(count: number) {
  return { least: count, most: count };
}
