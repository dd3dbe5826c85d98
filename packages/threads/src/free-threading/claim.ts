import { fork } from 'node:child_process';
import { once } from 'node:events';
import { allHold, defineClaim, judgeIntervals, sampled } from '@cookbook/lab/claim';
import type { Context, Evidence, Figure, PythonRun } from '@cookbook/lab/claim';
import { usableCores } from '@cookbook/lab/host';
import { findPythons, pythonHalf, speedupOf } from '@cookbook/lab/python';
import { forkLanes, isSettled, judgeParallel, measureSpeedup, speedupFigures, unitTask } from '@cookbook/lab/speedup';
import type { Speedup } from '@cookbook/lab/speedup';
import { calibrate } from '@cookbook/lab/task';
import type { LaneReport, Unit } from '@cookbook/lab/task';
import { openThreads } from '../cpu-scaling/recipe.ts';
import type { Cost, Costs } from './proof/start-costs-task.ts';

const LANES = Math.max(2, usableCores());
const STARTED = 5;

interface FreeEvidence extends Evidence {
  readonly threads: Speedup;
  readonly processes: Speedup;
  readonly judged: readonly Figure[];
}

export default defineClaim<FreeEvidence>({
  id: 'threads/free-threading',
  says: 'Without the interpreter lock, threads run in true parallel and the need for processes shrinks.',
  from: ['RC'],
  answer:
    'Worker threads reach at least 0.8 of the speedup of forked processes, each for less start-up work and less memory.',

  async measure(context: Context) {
    const unit = calibrate();
    const options = { lanes: LANES, unit, context, enough: isSettled, trials: [5, 8] as const };
    const threads = await measureSpeedup({
      ...options,
      open: (count) => openThreads<Unit, LaneReport>(unitTask, count),
    });
    const processes = await measureSpeedup({ ...options, open: (count) => forkLanes(count) });
    const costs = await startUpCosts(context.signal);

    const reached = sampled(
      'speedup of threads / speedup of processes',
      ratios(shares(threads), shares(processes)),
      'x',
      {
        least: 0.8,
      },
    );
    const less = { most: 0.9 };
    const judged = [
      reached,
      sampled('CPU time of a start, thread / process', costRatios(costs, 'cpu'), 'x', less),
      sampled('memory of one more, thread / process', costRatios(costs, 'memory'), 'x', less),
    ];
    return {
      threads,
      processes,
      judged,
      headline: `${LANES} threads reach ${reached.median.toFixed(2)} of the speedup of ${LANES} processes, for ${judged[1]!.median.toFixed(2)} of the start-up work and ${judged[2]!.median.toFixed(2)} of the memory`,
      figures: [
        ...judged,
        ...speedupFigures(threads, `${LANES} threads`, 'parallel'),
        ...speedupFigures(processes, `${LANES} processes`, 'parallel'),
        ...(['thread', 'process'] as const).flatMap((kind) => [
          sampled(`start to first message, ${kind}`, pick(costs[kind], 'startUp'), 'ms'),
          sampled(`memory of one more, ${kind}`, pick(costs[kind], 'memory'), 'MiB'),
        ]),
      ],
      notes: [
        process.platform === 'linux'
          ? 'Memory: proportional set size of all processes together, pages that they share counted once.'
          : 'Memory: resident set size of all processes together, shared pages counted in each.',
      ],
    };
  },

  judge: ({ threads, processes, judged }) =>
    allHold([judgeParallel(threads), judgeParallel(processes), judgeIntervals(judged)]),

  // The post's sentence speaks of a Python without the lock alone.
  async python(context): Promise<PythonRun[]> {
    const { found } = await findPythons();
    const free = found.filter(({ lock }) => !lock);
    if (free.length === 0) {
      const reason = 'no Python without the lock found on this machine';
      return [{ interpreter: 'Python', lock: undefined, judgement: { verdict: 'cannot-show', reason }, figures: [] }];
    }
    const all = await pythonHalf(new URL('../cpu-scaling/original.py', import.meta.url), [String(LANES)], (answer) => {
      const speedup = speedupOf(answer);
      return {
        figures: speedupFigures(speedup, `${speedup.lanes} threads`, 'parallel'),
        judgement: judgeParallel(speedup),
      };
    })(context);
    return all.filter(({ lock }) => lock === false);
  },
});

/** Starts and stops threads and processes in a fresh process. */
async function startUpCosts(signal: AbortSignal): Promise<Costs> {
  const child = fork(new URL('./proof/start-costs-task.ts', import.meta.url), [String(STARTED)], { execArgv: [], signal });
  const gone = once(child, 'exit', { signal });
  const [costs] = (await Promise.race([once(child, 'message', { signal }), gone])) as [Costs | number | null];
  if (typeof costs !== 'object' || costs === null)
    throw new Error(`Expected the costs of a start, got exit code ${costs}`);
  await gone;
  return costs;
}

/** The speedups of the trials, each as a share of what the host allowed at that moment. */
function shares({ trials }: Speedup): number[] {
  return trials.map(({ potential, observed, ceiling }) => (potential ?? observed) / ceiling);
}

function ratios(a: readonly number[], b: readonly number[]): number[] {
  return a.slice(0, b.length).map((share, trial) => share / b[trial]!);
}

function pick(costs: readonly Cost[], field: keyof Cost): number[] {
  return costs.map((cost) => cost[field]);
}

function costRatios(costs: Costs, field: keyof Cost): number[] {
  return ratios(pick(costs.thread, field), pick(costs.process, field));
}
