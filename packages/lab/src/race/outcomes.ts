// Races, in the manner of jcstress: every outcome that can be seen is declared beforehand with its grade, rounds are
// counted by outcome, and an outcome that nobody declared counts as forbidden.

import { counted } from '../claim/claim.ts';
import type { Figure, Judgement } from '../claim/claim.ts';

/**
 * acceptable: allowed and expected. interesting: allowed, and the reason why one should look twice.
 * forbidden: must never be seen.
 */
export type Grade = 'acceptable' | 'interesting' | 'forbidden';

export type Grades = Readonly<Record<string, Grade>>;

export interface Tally {
  readonly rounds: number;
  readonly counts: ReadonlyMap<string, number>;
  readonly grades: Grades;
}

/** Counts the outcomes of rounds. */
export function tally(outcomes: readonly string[], grades: Grades): Tally {
  const counts = new Map<string, number>();
  for (const outcome of outcomes) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return { rounds: outcomes.length, counts, grades };
}

/**
 * Refuted where a forbidden or an undeclared outcome was seen. Where `provoked` names an outcome that the rounds were
 * to bring about and none did, it cannot be shown here: a race that did not strike proves nothing.
 */
export function judgeTally({ rounds, counts, grades }: Tally, provoked?: string): Judgement {
  const wrong = [...counts].filter(([outcome]) => (grades[outcome] ?? 'forbidden') === 'forbidden');
  if (wrong.length > 0) {
    const seen = wrong.map(([outcome, count]) => `'${outcome}' ${count} times`).join(', ');
    return { verdict: 'refuted', counted: true, reason: `in ${rounds} rounds the forbidden outcome ${seen}` };
  }
  if (provoked !== undefined && !counts.has(provoked)) {
    return { verdict: 'cannot-show', reason: `'${provoked}' not observed in ${rounds} rounds` };
  }
  return { verdict: 'holds' };
}

/** 'interleaved 7, A before B 3 of 10 rounds': what was seen, the most frequent first. */
export function tallyHeadline({ rounds, counts }: Tally): string {
  const seen = [...counts].toSorted(([, a], [, b]) => b - a).map(([outcome, count]) => `${outcome} ${count}`);
  return `${seen.join(', ')} of ${rounds} rounds`;
}

/** Every declared outcome with its count, and the undeclared ones that were seen. */
export function tallyFigures({ counts, grades }: Tally, label: string): Figure[] {
  const outcomes = new Set([...Object.keys(grades), ...counts.keys()]);
  return [...outcomes].map((outcome) => {
    const grade = grades[outcome] ?? 'forbidden';
    const bound = grade === 'forbidden' ? { most: 0 } : undefined;
    return counted(`${label}: ${outcome} (${grade})`, counts.get(outcome) ?? 0, 'rounds', bound);
  });
}
