// What `--json` prints. The form is published as claims.schema.json.

import type { Figure, Judgement, Qualifier, Verdict } from './claim.ts';
import type { Host } from './host.ts';
import type { Outcome } from './verify.ts';

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
  readonly answer: string;
  /** The verdict on what the posts say: that of the first Python found, and each one's own. */
  readonly python?: JsonVerdict & {
    readonly interpreter: string;
    readonly lock?: boolean;
    readonly others: readonly JsonPython[];
  };
  readonly seconds: number;
}

type JsonPython = JsonVerdict & { readonly interpreter: string; readonly lock?: boolean };

export function toJson(host: Host, outcomes: readonly Outcome[]): JsonReport {
  return { host, claims: outcomes.map(claimToJson) };
}

function claimToJson({ claim: { id, says, answer }, judgement, figures, python, seconds }: Outcome): JsonClaim {
  const [first, ...others] = (python ?? []).map((run): JsonPython => ({
    interpreter: run.interpreter,
    ...(run.lock !== undefined && { lock: run.lock }),
    ...verdictToJson(run.judgement, run.figures),
  }));
  return {
    id,
    says,
    answer,
    ...verdictToJson(judgement, figures),
    ...(first && { python: { ...first, others } }),
    seconds,
  };
}

function verdictToJson({ verdict, qualifier, reason }: Judgement, figures: readonly Figure[]): JsonVerdict {
  return { verdict, ...(qualifier && { qualifier }), ...(reason && { reason }), figures };
}
