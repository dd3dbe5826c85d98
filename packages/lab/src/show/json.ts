// What `--json` prints. The form is published as claims.schema.json.

import type { InNode, Source } from '../claim/claim.ts';
import type { Figure } from '../claim/figure.ts';
import type { Judgement, Qualifier, Verdict } from '../claim/judge.ts';
import type { Plot } from '../claim/plot.ts';
import type { Outcome } from '../claim/verify.ts';
import type { Host } from '../host/host.ts';

export interface JsonReport {
  readonly host: Host;
  readonly claims: readonly JsonClaim[];
}

interface JsonVerdict {
  readonly verdict: Verdict;
  readonly qualifier?: Qualifier;
  readonly reason?: string;
  /** What was found, in sentences. */
  readonly headline?: string;
  readonly figures: readonly Figure[];
}

export interface JsonClaim extends JsonVerdict {
  readonly id: string;
  readonly question: string;
  readonly says: string;
  readonly from: readonly Source[];
  readonly inNode: InNode;
  readonly answer: string;
  /** The verdict on what the posts say: that of the first Python found, and each one's own. */
  readonly python?: JsonVerdict & {
    readonly interpreter: string;
    readonly lock?: boolean;
    readonly others: readonly JsonPython[];
  };
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
  const { claim, notes, plots, python, seconds } = outcome;
  const { id, question, says, from, inNode, answer } = claim;
  const [first, ...others] = (python ?? []).map((run): JsonPython => ({
    interpreter: run.interpreter,
    ...(run.lock !== undefined && { lock: run.lock }),
    ...verdictToJson(run),
  }));
  return {
    id,
    question,
    says,
    from,
    inNode,
    answer,
    ...verdictToJson(outcome),
    ...(first && { python: { ...first, others } }),
    ...(notes.length > 0 && { notes }),
    ...(plots && { plots }),
    seconds,
  };
}

interface Judged {
  readonly judgement: Judgement;
  readonly figures: readonly Figure[];
  readonly headline?: string;
}

function verdictToJson({ judgement: { verdict, qualifier, reason }, figures, headline }: Judged): JsonVerdict {
  return {
    verdict,
    ...(qualifier && { qualifier }),
    ...(reason && { reason }),
    ...(headline && { headline }),
    figures,
  };
}
