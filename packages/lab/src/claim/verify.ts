// One claim, from its needs to its verdict.

import type { Claim, Context, Screen } from './claim.ts';
import type { Figure } from './figure.ts';
import { combine } from './finding.ts';
import type { Finding, Found, PythonRun } from './finding.ts';
import type { Judgement } from './judge.ts';
import type { Plot } from './plot.ts';

/** What verifying a claim came to. */
export interface Outcome {
  readonly claim: Claim;
  readonly judgement: Judgement;
  readonly findings: readonly Finding[];
  /** Those of all findings. */
  readonly figures: readonly Figure[];
  /** The sentences of all findings. */
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
}

export const DEFAULT_TIME_BUDGET = 15;

/** A screen that is never shown. */
export const darkScreen: Screen = { columns: 100, draw() {}, print() {} };

/**
 * Measures and judges a claim, again while it is inconclusive and time is left. What was timed is refuted only where two
 * measurements say so: a host that stands still for a moment can spoil all trials of one.
 *
 * What a measurement throws is no accident to be reported elsewhere: the claim is refuted, and the reason says so.
 *
 * @throws the signal's reason when aborted
 */
export async function verify(claim: Claim, { timeBudget, signal, screen }: VerifyOptions): Promise<Outcome> {
  const start = performance.now();
  const seconds = (): number => Number(((performance.now() - start) / 1_000).toFixed(2));

  const lack = await firstLack(claim);
  if (lack !== undefined) {
    const judgement = { verdict: 'cannot-show', reason: lack } as const;
    return { claim, judgement, findings: [], figures: [], headline: `${lack}.`, notes: [], seconds: seconds() };
  }
  const context = (): Context => ({
    budget: Math.max(0, timeBudget * 1_000 - (performance.now() - start)),
    signal,
    screen,
  });
  const { findings, python: measured, plots, ...found } = await measureUntilClear(claim, context);
  const outcome = { claim, findings, ...found, ...(plots.length > 0 && { plots }), seconds: seconds() };
  const python = measured ?? (await claim.python?.(context()));
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
): Promise<Found & { readonly findings: readonly Finding[] }> {
  let refuted: Judgement | undefined;
  for (;;) {
    const start = performance.now();
    try {
      const findings = await claim.measure(context());
      const found = combine(findings);
      const { verdict, counted } = found.judgement;
      if (verdict === 'refuted' && !counted && refuted === undefined) {
        refuted = found.judgement;
        continue;
      }
      const took = performance.now() - start;
      if (verdict === 'inconclusive' && context().budget >= took) continue;
      return { findings, ...found, notes: verdict === 'refuted' ? found.notes : noting(found.notes, refuted) };
    } catch (error) {
      context().signal.throwIfAborted();
      const reason = `the measurement failed: ${error instanceof Error ? error.message : String(error)}`;
      const judgement = { verdict: 'refuted', reason } as const;
      return { findings: [], judgement, figures: [], headline: `${reason}.`, notes: [], plots: [] };
    }
  }
}

function noting(notes: readonly string[], refuted: Judgement | undefined): readonly string[] {
  if (refuted === undefined) return notes;
  return [...notes, `An earlier measurement of this run refuted it, a second one did not: ${refuted.reason}.`];
}
