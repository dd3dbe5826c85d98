// Verdicts counted, for tables and the badge; ids of what there is and of what is missing.

import type { Verdict } from '@cookbook/lab/claim';
import type { JsonClaim } from '@cookbook/lab/show';
import type { Results } from './format.ts';

export type Counts = Readonly<Record<Verdict, number>> & { readonly all: number };

export function countVerdicts(claims: readonly Pick<JsonClaim, 'verdict'>[]): Counts {
  const count = (verdict: Verdict): number => claims.filter((claim) => claim.verdict === verdict).length;
  return {
    all: claims.length,
    holds: count('holds'),
    refuted: count('refuted'),
    inconclusive: count('inconclusive'),
    'cannot-show': count('cannot-show'),
  };
}

/** Ids of every claim that there is, in reading order. */
export function allIds({ chapters }: Pick<Results, 'chapters'>): string[] {
  return chapters.flatMap(({ sections }) => sections.flatMap(({ claims }) => claims));
}

/** Ids that were to run and have not, in reading order: those of a run that was cut short. */
export function missingIds(results: Pick<Results, 'chapters' | 'leftOut' | 'claims'>): string[] {
  const accounted = new Set([...results.leftOut, ...results.claims.map(({ id }) => id)]);
  return allIds(results).filter((id) => !accounted.has(id));
}
