import { allHold, defineClaim, judgeIntervals, medianInterval, sampled } from '@cookbook/lab/claim';
import type { Context, Evidence, Figure, Judgement } from '@cookbook/lab/claim';
import { usableCores } from '@cookbook/lab/host';
import { computeBoth } from './proof/computing.ts';
import type { ComputingTrial } from './proof/computing.ts';
import { waitingTasks, waitingThreads } from './recipe.ts';
import type { Waiter } from './recipe.ts';

const CORES = usableCores();
/** Beyond the cores: enough to see what more threads bring, few enough to start in a fraction of a second. */
const MANY = Math.min(4 * CORES, CORES + 24);
const WAIT_MS = 20;
const WAITS = 2 * MANY;
const ROUNDS = 3;

/** Above this share of waiting for a core, threads that are no more than the cores have neighbours. */
const CONTENDED_SHARE = 0.1;

interface ManyEvidence extends Evidence {
  readonly computing: readonly ComputingTrial[];
  readonly gain: Figure;
  readonly rest: readonly Figure[];
}

export default defineClaim<ManyEvidence>({
  id: 'threads/more-threads-than-cores',
  says: 'There is a benefit in more threads than cores.',
  from: ['MM'],
  answer:
    'For computing there is none, only a heap for each more thread; waiting gains at least half of the factor by which there are more threads.',

  async measure(context: Context) {
    const computing = await computeBoth(CORES, MANY, context);
    const gain = sampled(`computing, ${MANY} threads / ${CORES} threads`, ratiosOf(computing), 'x', { most: 1.25 });
    const waiting = await compareWaiting(context);
    const rest = [
      sampled(`CPU time of the same work, ${MANY} threads / ${CORES} threads`, cpuRatiosOf(computing), 'x', {
        least: 0.85,
      }),
      sampled('heap of one more thread', computing[0]!.heaps, 'MiB', { least: 1 }),
      sampled(`waiting, ${MANY} threads / ${CORES} threads`, waiting.threads, 'x', { least: MANY / CORES / 2 }),
      sampled(`waiting, async tasks on 1 thread / ${CORES} threads`, waiting.tasks, 'x', { least: MANY / CORES / 2 }),
    ];
    return {
      computing,
      gain,
      rest,
      headline: `${MANY} threads instead of ${CORES}: computing ${x(gain)}, waiting ${x(rest[2]!)}; async tasks wait ${x(rest[3]!)}; ${rest[1]!.median.toFixed(1)} MiB of heap each`,
      figures: [gain, ...rest],
      notes: [`Waiting is a sleep of ${WAIT_MS} ms that blocks its thread, ${WAITS} times.`],
    };
  },

  judge: ({ computing, gain, rest }) => allHold([judgeGain(computing, gain), judgeIntervals(rest)]),
});

/**
 * On a busy machine more threads do finish earlier: they take a larger share of the cores from the neighbours. That
 * is no gain in computing, so it is told apart by the time for which threads stood in the queue for a core.
 */
function judgeGain(trials: readonly ComputingTrial[], gain: Figure): Judgement {
  const judgement = judgeIntervals([gain]);
  if (judgement.verdict === 'holds') return judgement;
  const waited = trials.flatMap(({ waitingShare }) => waitingShare ?? []);
  if (waited.length === 0 || medianInterval(waited).median < CONTENDED_SHARE) return judgement;
  const share = Math.round(100 * medianInterval(waited).median);
  const reason = `other programs had the cores for ${share} % of the time, and more threads took more of it from them`;
  return { verdict: 'holds', qualifier: 'contended', reason };
}

/** How many times more than that of CORES threads the waiting is that MANY threads, and async tasks, get done in a time. */
async function compareWaiting({ signal }: Context): Promise<{ threads: number[]; tasks: number[] }> {
  const waiters = { few: waitingThreads(CORES), many: waitingThreads(MANY), tasks: waitingTasks() };
  const ratios = { threads: [] as number[], tasks: [] as number[] };
  try {
    for (const waiter of Object.values(waiters)) await waiter.wait(MANY, 1); // all threads are there
    for (let round = 0; round < ROUNDS; round++) {
      signal.throwIfAborted();
      const few = await timeOf(waiters.few);
      ratios.threads.push(few / (await timeOf(waiters.many)));
      ratios.tasks.push(few / (await timeOf(waiters.tasks)));
    }
  } finally {
    await Promise.all(Object.values(waiters).map((waiter) => waiter.close()));
  }
  return ratios;
}

/** ms for all the waits. */
async function timeOf(waiter: Waiter): Promise<number> {
  const start = performance.now();
  const done = await waiter.wait(WAITS, WAIT_MS);
  if (done !== WAITS) throw new Error(`Expected ${WAITS} waits to be done, got ${done}`);
  return performance.now() - start;
}

function ratiosOf(trials: readonly ComputingTrial[]): number[] {
  return trials.map(({ few, many }) => few.wall / many.wall);
}

function cpuRatiosOf(trials: readonly ComputingTrial[]): number[] {
  return trials.map(({ few, many }) => many.cpu / few.cpu);
}

function x({ median }: Figure): string {
  return `${median.toFixed(2)}x`;
}
