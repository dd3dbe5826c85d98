// A chapter's claims as tests: `claimsAsTests(sections)` in a package's test/claims.test.ts is all that it takes.

import { afterAll, describe, test } from 'vitest';
import { darkScreen, DEFAULT_TIME_BUDGET, verify } from './verify.ts';
import type { Outcome } from './verify.ts';
import type { Section } from './chapter.ts';
import { describeFigure, describeVerdict, summarize } from './wording.ts';

/**
 * Defines a test for each claim. A refuted claim fails with its figures; one that is inconclusive is skipped with its
 * figures, or fails when CLAIMS_STRICT=1; one that this host cannot show is skipped with the reason.
 */
export function claimsAsTests(sections: readonly Section[]): void {
  const outcomes: Outcome[] = [];

  for (const { title, claims } of sections) {
    describe(title, () => {
      for (const claim of claims) {
        test(`${claim.id}: ${claim.answer}`, { timeout: 120_000 }, async ({ signal, skip }) => {
          const outcome = await verify(claim, { timeBudget: DEFAULT_TIME_BUDGET, signal, screen: darkScreen });
          outcomes.push(outcome);
          const { judgement, figures } = outcome;
          const story = [describeVerdict(judgement), ...figures.map(describeFigure)].join('\n  ');
          const strict = process.env['CLAIMS_STRICT'] === '1';
          if (judgement.verdict === 'refuted' || (judgement.verdict === 'inconclusive' && strict))
            throw new Error(story);
          if (judgement.verdict !== 'holds') skip(story);
        });
      }
    });
  }

  afterAll(() => console.log(`\n${summarize(outcomes)}`));
}
