// What the end of a job says of its inputs.

import { checkResult } from '../queue/payload.ts';
import type { BatchResult, Outcome } from '../queue/payload.ts';
import type { OpenPart, RunJob } from './open-jobs.ts';

export interface Settled {
  /** Outcomes that are final, each with the index of its input and how often it was tried. */
  readonly final: readonly { readonly index: number; readonly outcome: Outcome; readonly attempts: number }[];
  /** Inputs to be tried again, each by a job of its own. */
  readonly again: readonly OpenPart[];
  /** What a job that did not fail took. */
  readonly result?: BatchResult;
}

/** The outcome of each input of a job, or what is to be sent again. */
export function settle(part: OpenPart, job: Pick<RunJob, 'returnvalue' | 'failedReason' | 'attemptsMade'>): Settled {
  const { first, inputs, left, had } = part;
  const isMany = inputs.length > 1;
  const failure = failureOf(part, job);
  if (failure !== undefined && !isMany) {
    const attempts = had + Math.max(1, job.attemptsMade);
    return { final: [{ index: first, outcome: { error: failure }, attempts }], again: [] };
  }
  const outcomes = failure === undefined ? job.returnvalue.outcomes : inputs.map((): Outcome => ({ error: failure }));
  // Which input of many ended their process is not known: each gets a job of its own, also where it was the last attempt.
  const remaining = failure === undefined ? left - 1 : Math.max(1, left - 1);
  const isAgain = (outcome: Outcome): boolean => isMany && 'error' in outcome && remaining > 0;
  return {
    final: outcomes.flatMap((outcome, offset) =>
      isAgain(outcome) ? [] : [{ index: first + offset, outcome, attempts: had + Math.max(1, job.attemptsMade) }],
    ),
    again: outcomes.flatMap((outcome, offset) =>
      isAgain(outcome) ? [{ first: first + offset, inputs: [inputs[offset]], left: remaining, had: had + 1 }] : [],
    ),
    ...(failure === undefined && { result: job.returnvalue }),
  };
}

/** Why a job failed, also where its worker sent something else than a result; undefined where all is well. */
function failureOf(
  { inputs }: OpenPart,
  { returnvalue, failedReason }: Pick<RunJob, 'returnvalue' | 'failedReason'>,
): string | undefined {
  if (failedReason) return failedReason;
  try {
    checkResult(returnvalue, inputs.length);
    return undefined;
  } catch (error) {
    return String(error);
  }
}
