// What the end of a job says of its inputs.

import { checkResult } from '../queue/payload.ts';
import type { BatchResult, Outcome } from '../queue/payload.ts';
import type { EndedJob, OpenPart } from './open-jobs.ts';

export interface Settled {
  /** Outcomes that are final, each with the index of its input and how often it was tried. */
  readonly final: readonly { readonly index: number; readonly outcome: Outcome; readonly attempts: number }[];
  /** Inputs to be tried again, each by a job of its own. */
  readonly again: readonly OpenPart[];
  /** What a job that did not fail took. */
  readonly result?: BatchResult;
}

/** The outcome of each input of a job, or what is to be sent again. */
export function settle({ part, job, state }: EndedJob): Settled {
  const { first, inputs, left, had } = part;
  const isMany = inputs.length > 1;
  const failure = state === 'failed' ? job.failedReason : unfitOf(job.returnvalue, inputs.length);
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

/** Why what a worker sent is no result of so many inputs; undefined where it is one. */
function unfitOf(returnvalue: unknown, inputs: number): string | undefined {
  try {
    checkResult(returnvalue, inputs);
    return undefined;
  } catch (error) {
    return String(error);
  }
}
