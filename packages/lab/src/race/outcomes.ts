// Races, in the manner of jcstress: every outcome that can be seen is declared beforehand with its grade, rounds are
// counted by outcome, and an outcome that nobody declared counts as forbidden.

import { counted } from '../claim/figure.ts';
import type { Figure } from '../claim/figure.ts';
import type { Finding } from '../claim/finding.ts';
import type { Judgement } from '../claim/judge.ts';

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
export function tally(rounds: readonly string[], grades: Grades): Tally {
  const counts = new Map<string, number>();
  for (const outcome of rounds) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return { rounds: rounds.length, counts, grades };
}

/**
 * Refuted where a forbidden or an undeclared outcome was seen. Where `provoked` names an outcome that the rounds were
 * to bring about and none did, it cannot be shown here: a race that was not seen proves nothing.
 */
export function judgeTally({ rounds, counts, grades }: Tally, provoked?: string): Judgement {
  const wrong = [...counts].filter(([outcome]) => (grades[outcome] ?? 'forbidden') === 'forbidden');
  if (wrong.length > 0) {
    const seen = wrong.map(([outcome, count]) => `${outcome} in ${count} of ${rounds} rounds`).join(', ');
    return { verdict: 'refuted', counted: true, reason: `${seen}, which must never happen` };
  }
  if (provoked !== undefined && !counts.has(provoked)) {
    return { verdict: 'cannot-show', reason: `'${provoked}' was not seen in ${rounds} rounds` };
  }
  return { verdict: 'holds' };
}

/**
 * Outcomes of rounds, by grade: a forbidden one refutes. The figures are `KEY-OUTCOME`, such as 'add-counts-lost' for the
 * outcome 'counts lost', a count of rounds each.
 *
 * @param label names what was run: 'Atomics.add'
 * @param provoked the outcome that the rounds were to bring about; where none did, nothing is shown
 */
export function outcomes(words: string, key: string, label: string, seen: Tally, provoked?: string): Finding {
  const judgement = judgeTally(seen, provoked);
  const reason = judgement.reason && `${label}: ${judgement.reason}`;
  return { figures: tallyFigures(seen, key, label), judgement: { ...judgement, ...(reason && { reason }) }, words };
}

/** Every declared outcome with its count, and the undeclared ones that were seen. */
function tallyFigures({ counts, grades, rounds }: Tally, key: string, label: string): Figure[] {
  const all = new Set([...Object.keys(grades), ...counts.keys()]);
  return [...all].map((outcome) => {
    const bound = (grades[outcome] ?? 'forbidden') === 'forbidden' ? { most: 0 } : undefined;
    return counted(
      `${key}-${slug(outcome)}`,
      `${label}: ${outcome}`,
      counts.get(outcome) ?? 0,
      `of ${rounds} rounds`,
      bound,
    );
  });
}

/** 'a-before-b' of 'A before B' */
function slug(outcome: string): string {
  return outcome
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}
