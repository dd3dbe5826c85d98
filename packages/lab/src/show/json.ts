// What `--json` prints. The form is published as claims.schema.json.

import type { Claim } from '../claim/claim.ts';
import type { Figure } from '../claim/figure.ts';
import type { Judgement, Qualifier, Verdict } from '../claim/judge.ts';
import type { Plot } from '../claim/plot.ts';
import type { Outcome } from '../claim/verify.ts';
import type { Host } from '../host/host.ts';

export interface JsonReport {
  readonly host: Host;
  readonly claims: readonly JsonClaim[];
}

/** What is known of a claim before it is measured. */
export type ClaimWords = Pick<Claim, 'id' | 'question' | 'says' | 'from' | 'inNode' | 'answer'>;

interface JsonVerdict {
  readonly verdict: Verdict;
  readonly qualifier?: Qualifier;
  readonly reason?: string;
  /** What was found, in sentences. */
  readonly headline?: string;
  readonly figures: readonly Figure[];
}

export interface JsonClaim extends ClaimWords, JsonVerdict {
  /** The verdict on what the posts say: that of the first Python found, and each one's own. */
  readonly python?: JsonPython & { readonly others: readonly JsonPython[] };
  /** Lines that explain the figures. */
  readonly notes?: readonly string[];
  readonly plots?: readonly Plot[];
  readonly seconds: number;
}

export type JsonPython = JsonVerdict & { readonly interpreter: string; readonly lock?: boolean };

export function wordsOf({ id, question, says, from, inNode, answer }: ClaimWords): ClaimWords {
  return { id, question, says, from, inNode, answer };
}

/** What every Python showed, in the order in which they were found. */
export function pythonsOf({ python }: Pick<JsonClaim, 'python'>): readonly JsonPython[] {
  return python ? [python, ...python.others] : [];
}

export function claimToJson(outcome: Outcome): JsonClaim {
  const { claim, notes, plots, python, seconds } = outcome;
  const [first, ...others] = (python ?? []).map((run): JsonPython => ({
    interpreter: run.interpreter,
    ...(run.lock !== undefined && { lock: run.lock }),
    ...verdictToJson(run),
  }));
  return {
    ...wordsOf(claim),
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
