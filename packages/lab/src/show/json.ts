// What `--json` prints. The form is published as claims.schema.json.

import type { Figure, Judgement, Qualifier, Source, Verdict } from '../claim/claim.ts';
import type { Host } from '../host/host.ts';
import type { Plot } from '../claim/plot.ts';
import type { Outcome } from '../claim/verify.ts';
import { headlineOf } from './wording.ts';

export interface JsonReport {
  readonly host: Host;
  readonly claims: readonly JsonClaim[];
}

interface JsonVerdict {
  readonly verdict: Verdict;
  readonly qualifier?: Qualifier;
  readonly reason?: string;
  readonly figures: readonly Figure[];
}

export interface JsonClaim extends JsonVerdict {
  readonly id: string;
  readonly says: string;
  readonly from: readonly Source[];
  readonly answer: string;
  /** The verdict on what the posts say: that of the first Python found, and each one's own. */
  readonly python?: JsonVerdict & {
    readonly interpreter: string;
    readonly lock?: boolean;
    readonly others: readonly JsonPython[];
  };
  /** The finding in a few words. */
  readonly headline?: string;
  /** Lines that explain the figures. */
  readonly notes?: readonly string[];
  readonly plots?: readonly Plot[];
  readonly seconds: number;
}

type JsonPython = JsonVerdict & { readonly interpreter: string; readonly lock?: boolean };

export function toJson(host: Host, outcomes: readonly Outcome[]): JsonReport {
  return { host, claims: outcomes.map(claimToJson) };
}

export function claimToJson(outcome: Outcome): JsonClaim {
  const { claim, judgement, figures, notes, plots, python, seconds } = outcome;
  const { id, says, from, answer } = claim;
  const headline = headlineOf(outcome);
  const [first, ...others] = (python ?? []).map((run): JsonPython => ({
    interpreter: run.interpreter,
    ...(run.lock !== undefined && { lock: run.lock }),
    ...verdictToJson(run.judgement, run.figures),
  }));
  return {
    id,
    says,
    from,
    answer,
    ...verdictToJson(judgement, figures),
    ...(first && { python: { ...first, others } }),
    ...(headline && { headline }),
    ...(notes.length > 0 && { notes }),
    ...(plots && { plots }),
    seconds,
  };
}

function verdictToJson({ verdict, qualifier, reason }: Judgement, figures: readonly Figure[]): JsonVerdict {
  return { verdict, ...(qualifier && { qualifier }), ...(reason && { reason }), figures };
}
