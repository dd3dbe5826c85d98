// Every way of counting, and a transaction whose holder is killed.

import type { Context } from '@cookbook/lab/claim';
import { runRounds } from '../../proof/count-race.ts';
import type { Case, Place } from '../../proof/count-race.ts';
import { createCounter, readCounter } from '../recipe.ts';
import type { Way } from '../recipe.ts';

/** Each long enough for the processes to overlap for most of it. */
const CASES = {
  memory: { way: 'own memory', times: 1_000 },
  file: { way: 'file', times: 200 },
  append: { way: 'append', times: 100 },
  transaction: { way: 'transaction', times: 50 },
  killed: { way: 'transaction', times: 50, victim: true },
} as const satisfies Record<string, Case<Way>>;

export const PLACE: Place<Way> = {
  task: new URL('./count-task.ts', import.meta.url),
  holder: new URL('./holder-child.ts', import.meta.url),
  create: createCounter,
  read: readCounter,
};

export function countRounds(context: Context) {
  return runRounds<Way, keyof typeof CASES>(PLACE, CASES, context);
}
