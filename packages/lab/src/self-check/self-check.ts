// The lab checks itself: work whose nature is known goes through the instrument, and the verdicts are held against it.

import type { Context } from '../claim/claim.ts';
import { binomialUpperBound } from '../claim/interval.ts';
import { asyncLanes, forkLanes, unitTask, workerLanes } from '../speedup/lane.ts';
import type { OpenLanes } from '../speedup/lane.ts';
import { locking } from './locked-task.ts';
import { measureSpeedup } from '../speedup/speedup.ts';
import type { Speedup } from '../speedup/speedup.ts';
import { isSettled, judgeParallel } from '../speedup/verdict.ts';
import { calibrate } from '../task/workload.ts';
import type { KernelName } from '../task/workload.ts';

const lockedTask = new URL('./locked-task.ts', import.meta.url);

/** A job, and whether its lanes do run in parallel. */
export interface Job {
  readonly name: string;
  readonly parallel: boolean;
  readonly kernel: KernelName;
  readonly open: OpenLanes;
}

export const JOBS: readonly Job[] = [
  { name: 'worker threads', parallel: true, kernel: 'primes', open: (count) => workerLanes(count) },
  { name: 'worker threads, other kernel', parallel: true, kernel: 'collatz', open: (count) => workerLanes(count) },
  { name: 'forked processes', parallel: true, kernel: 'primes', open: (count) => forkLanes(count) },
  { name: 'async tasks', parallel: false, kernel: 'primes', open: (count) => asyncLanes(count, unitTask) },
  { name: 'a mutex around everything', parallel: false, kernel: 'primes', open: underLock('mutex') },
  { name: 'a pool of one thread', parallel: false, kernel: 'primes', open: () => workerLanes(1) },
  { name: 'half of it under a mutex', parallel: false, kernel: 'primes', open: underLock('half') },
  { name: 'a spin lock', parallel: false, kernel: 'primes', open: underLock('spin') },
];

function underLock(kind: 'mutex' | 'half' | 'spin'): OpenLanes {
  return (count) => workerLanes(count, lockedTask, locking(kind));
}

/** What the instrument says of a job on two lanes. */
export function examine(job: Job, context: Pick<Context, 'budget' | 'signal'>): Promise<Speedup> {
  return measureSpeedup({ open: job.open, lanes: 2, unit: calibrate(job.kernel), context, enough: isSettled });
}

/** 'yes', 'no', or 'unclear' where the instrument abstains. */
export type Answer = 'yes' | 'no' | 'unclear';

export function answerOf(speedup: Speedup): Answer {
  const { verdict } = judgeParallel(speedup);
  return verdict === 'holds' ? 'yes' : verdict === 'refuted' ? 'no' : 'unclear';
}

export interface Tested {
  readonly job: Job;
  readonly answers: readonly Answer[];
  /** Median potential speedup of each round; empty where the system does not report waiting times. */
  readonly potentials: readonly number[];
}

/** An answer is false when it contradicts the job's nature; to abstain is not false. */
export function falseAnswers({ job, answers }: Tested): number {
  return answers.filter((answer) => answer === (job.parallel ? 'no' : 'yes')).length;
}

/** False verdicts of all verdicts given, and the rate that they stay under with 95 % confidence. */
export function trust(tested: readonly Tested[]): {
  verdicts: number;
  wrong: number;
  unclear: number;
  upperBound: number;
} {
  const wrong = tested.reduce((sum, row) => sum + falseAnswers(row), 0);
  const unclear = tested.reduce((sum, { answers }) => sum + answers.filter((answer) => answer === 'unclear').length, 0);
  const verdicts = tested.reduce((sum, { answers }) => sum + answers.length, 0) - unclear;
  return { verdicts, wrong, unclear, upperBound: binomialUpperBound(wrong, verdicts) };
}
