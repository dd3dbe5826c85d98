// One claim, from its needs to its verdict.

import type { Claim, Context, Evidence, Figure, Judgement, PythonRun, Screen } from './claim.ts';
import type { Plot } from './plot.ts';

/** What verifying a claim came to. */
export interface Outcome {
  readonly claim: Claim;
  readonly judgement: Judgement;
  readonly figures: readonly Figure[];
  readonly headline?: string;
  readonly notes: readonly string[];
  readonly plots?: readonly Plot[];
  readonly python?: readonly PythonRun[];
  /** Seconds from the first need to the last Python. */
  readonly seconds: number;
}

export interface VerifyOptions {
  /** Seconds for which a claim may be measured again while it is inconclusive. */
  readonly timeBudget: number;
  readonly signal: AbortSignal;
  readonly screen: Screen;
  /** Hears of the Node half as soon as it is judged, while the Python half is still to run. */
  readonly onJudged?: (outcome: Outcome) => void;
}

export const DEFAULT_TIME_BUDGET = 15;

/** A screen that nobody looks at. */
export const darkScreen: Screen = { columns: 100, draw() {}, print() {} };

/**
 * Measures and judges a claim, again while it is inconclusive and time is left. What was timed is refuted only where two
 * measurements say so: a host that stands still for a moment can spoil all trials of one.
 *
 * What a measurement throws is no accident to be reported elsewhere: the claim is refuted, and the reason says so.
 *
 * @throws the signal's reason when aborted
 */
export async function verify(claim: Claim, options: VerifyOptions): Promise<Outcome> {
  const start = performance.now();
  const seconds = (): number => Number(((performance.now() - start) / 1_000).toFixed(2));
  const { timeBudget, signal, screen } = options;

  const lack = await firstLack(claim);
  if (lack !== undefined) {
    return { claim, judgement: { verdict: 'cannot-show', reason: lack }, figures: [], notes: [], seconds: seconds() };
  }
  const context = (): Context => ({
    budget: Math.max(0, timeBudget * 1_000 - (performance.now() - start)),
    signal,
    screen,
  });
  const { evidence, judgement } = await measureUntilClear(claim, context);
  const { figures, headline, notes = [], plots } = evidence;
  const outcome = {
    claim,
    judgement,
    figures,
    ...(headline && { headline }),
    notes,
    ...(plots && { plots }),
    seconds: seconds(),
  };
  options.onJudged?.(outcome);
  const python = evidence.python ?? (await claim.python?.(context()));
  return python === undefined ? outcome : { ...outcome, python, seconds: seconds() };
}

async function firstLack(claim: Claim): Promise<string | undefined> {
  for (const need of claim.needs ?? []) {
    const lack = await need();
    if (lack !== undefined) return lack;
  }
  return undefined;
}

async function measureUntilClear(
  claim: Claim,
  context: () => Context,
): Promise<{ evidence: Evidence; judgement: Judgement }> {
  let refuted: Judgement | undefined;
  for (;;) {
    const start = performance.now();
    try {
      const evidence = await claim.measure(context());
      const judgement = claim.judge(evidence);
      if (judgement.verdict === 'refuted' && !judgement.counted && refuted === undefined) {
        refuted = judgement;
        continue;
      }
      const took = performance.now() - start;
      if (judgement.verdict === 'inconclusive' && context().budget >= took) continue;
      return { evidence: judgement.verdict === 'refuted' ? evidence : noting(evidence, refuted), judgement };
    } catch (error) {
      context().signal.throwIfAborted();
      const reason = `the measurement failed: ${error instanceof Error ? error.message : String(error)}`;
      return { evidence: { figures: [] }, judgement: { verdict: 'refuted', reason } };
    }
  }
}

function noting(evidence: Evidence, refuted: Judgement | undefined): Evidence {
  if (refuted === undefined) return evidence;
  const note = `An earlier measurement of this run refuted it, and was not borne out: ${refuted.reason}.`;
  return { ...evidence, notes: [...(evidence.notes ?? []), note] };
}
