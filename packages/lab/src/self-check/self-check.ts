// The lab checks itself: work whose nature is known goes through the instrument, and the verdicts are held against it.

import type { Context } from '../claim/claim.ts';
import { binomialUpperBound } from '../claim/interval.ts';
import { measureSpeedup } from '../speedup/speedup.ts';
import type { Speedup } from '../speedup/speedup.ts';
import { isSettled, judgeParallel } from '../speedup/verdict.ts';
import { calibrate } from '../task/workload.ts';
import type { Job } from './jobs.ts';

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

/** Whether an answer contradicts the job's nature; to abstain does not. */
export function isFalse({ parallel }: Job, answer: Answer): boolean {
  return parallel !== 'on the bound' && answer === (parallel ? 'no' : 'yes');
}

export function falseAnswers({ job, answers }: Tested): number {
  return answers.filter((answer) => isFalse(job, answer)).length;
}

/** False verdicts of all given, and the rate that they stay under with 95 % confidence; jobs on the bound are left out. */
export function trust(tested: readonly Tested[]): {
  verdicts: number;
  wrong: number;
  unclear: number;
  upperBound: number;
} {
  const wrong = tested.reduce((sum, row) => sum + falseAnswers(row), 0);
  const telling = tested.filter(({ job }) => job.parallel !== 'on the bound');
  const unclear = telling.reduce(
    (sum, { answers }) => sum + answers.filter((answer) => answer === 'unclear').length,
    0,
  );
  const verdicts = telling.reduce((sum, { answers }) => sum + answers.length, 0) - unclear;
  return { verdicts, wrong, unclear, upperBound: binomialUpperBound(wrong, verdicts) };
}
