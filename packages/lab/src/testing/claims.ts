// A chapter's claims as tests: `claimsAsTests(chapter)` in a package's test/claims.test.ts is all that it takes.

import { afterAll, describe, expect, test } from 'vitest';
import type { Chapter, Claim } from '../claim/claim.ts';
import { describeFigure } from '../claim/figure.ts';
import { combine, sentenceOf } from '../claim/finding.ts';
import type { Finding } from '../claim/finding.ts';
import { darkScreen, DEFAULT_TIME_BUDGET, verify } from '../claim/verify.ts';
import type { Outcome } from '../claim/verify.ts';
import { summarize } from '../run/lines.ts';
import { claimToJson } from '../show/json.ts';
import { compareBlock, verdictsBlock } from '../show/readme.ts';
import { describeVerdict } from '../show/wording.ts';

/**
 * Defines a test for each claim. A refuted claim fails with its figures; one that is inconclusive is skipped with its
 * figures, or fails when CLAIMS_STRICT=1; one that this host cannot show is skipped with the reason.
 */
export function claimsAsTests({ sections }: Chapter): void {
  const outcomes: Outcome[] = [];
  const claims = sections.flatMap((section) => section.claims);

  describe.each(claims.map((claim) => ({ claim, name: `${claim.id}: ${claim.answer}` })))('$name', ({ claim }) => {
    let outcome: Outcome | undefined;
    test('holds on this machine', { timeout: 120_000, retry: 0 }, async ({ signal, skip }) => {
      const verified = await verify(claim, { timeBudget: DEFAULT_TIME_BUDGET, signal, screen: darkScreen });
      outcome = verified;
      outcomes.push(verified);
      expectVerdict(verified);
      if (verified.judgement.verdict !== 'holds') skip(tell(verified));
    });
    test('says nothing that contradicts a refutation', ({ skip }) => {
      const findings = outcome?.findings ?? [];
      if (findings.length === 0) skip('nothing was measured');
      expectAgreement(findings);
    });
  });

  afterAll(() => {
    for (const outcome of outcomes.filter(({ judgement }) => judgement.verdict !== 'holds')) console.log(tell(outcome));
    console.log(summarize(outcomes.map(claimToJson)));
  });
}

/**
 * The headline of the same findings, each forced to refuted: it has the reasons, and no sentence of a finding that holds.
 * Findings without a judgement say what their figures are, and may stay.
 */
export function expectAgreement(findings: readonly Finding[]): void {
  const judged = findings.filter(({ judgement }) => judgement !== undefined);
  const forced = findings.map((finding, index) =>
    finding.judgement === undefined
      ? finding
      : { ...finding, judgement: { verdict: 'refuted', reason: `forced ${index}` } as const },
  );
  const { headline = '', judgement } = combine(forced);
  for (const finding of judged) {
    const affirmed = sentenceOf({ ...finding, judgement: { verdict: 'holds' } });
    if (affirmed !== undefined) expect(headline).not.toContain(affirmed);
  }
  expect(judgement.verdict).toBe(judged.length > 0 ? 'refuted' : 'holds');
  for (const index of forced.keys()) if (findings[index]!.judgement) expect(headline).toContain(`forced ${index}.`);
}

/** Defines the test that the chapter's README agrees with its claims; figures in it are of the machine and the moment. */
export function readmeAsTest(chapter: Chapter): void {
  test(`the README of ${chapter.name} agrees with its claims`, async () => {
    const { old, now } = await compareBlock(verdictsBlock(chapter));
    expect(old, 'run: pnpm start, then pnpm readme --write').toBe(now);
  });
}

function expectVerdict(outcome: Outcome): void {
  const { verdict } = outcome.judgement;
  expect(verdict, tell(outcome)).not.toBe('refuted');
  if (process.env['CLAIMS_STRICT'] === '1') expect(verdict, tell(outcome)).not.toBe('inconclusive');
}

/** The verdict with its reason, and every figure: what a reader needs where a claim does not simply hold. */
function tell({ claim, judgement, figures }: { claim: Claim } & Pick<Outcome, 'judgement' | 'figures'>): string {
  return [`${claim.id} ${describeVerdict(judgement)}`, ...figures.map(describeFigure)].join('\n    ');
}
