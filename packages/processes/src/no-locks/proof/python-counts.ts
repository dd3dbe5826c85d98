// What original.py counted: in memory of each process, on a shared value, and on one under its lock.

import { sampled, shown } from '@cookbook/lab/claim';
import type { Finding } from '@cookbook/lab/claim';
import { outcomes, tally } from '@cookbook/lab/race';

const GRADES = { 'none lost': 'acceptable', lost: 'forbidden' } as const;

/** Findings of what it printed. */
export function pythonCounts(answer: unknown): Finding[] {
  const { expected, own, shared, locked } = answer as Record<'expected' | 'own' | 'shared' | 'locked', number>;
  const seen = (count: number) => tally([count === expected ? 'none lost' : 'lost'], GRADES);
  const share = (100 * (expected - shared)) / expected;
  return [
    outcomes('In memory of their own processes lost no count.', 'own', 'own memory', seen(own)),
    outcomes('', 'locked', 'a shared value under its lock', seen(locked)),
    shown(
      'Of a shared value without a lock they lost {shared-share}.',
      sampled('shared-share', 'updates of a shared value lost without a lock', [share], '%'),
    ),
  ];
}
