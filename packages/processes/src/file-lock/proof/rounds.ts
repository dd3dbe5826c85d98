// Processes that count in one file under the lock, with and without a holder that is killed, and without the lock.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Context } from '@cookbook/lab/claim';
import { runRounds } from '../../proof/count-race.ts';
import type { Case, Place } from '../../proof/count-race.ts';
import { createLock } from '../recipe.ts';
import type { Way } from './count-task.ts';

const CASES = {
  alive: { way: 'lock file', times: 20 },
  killed: { way: 'lock file', times: 20, victim: true },
  free: { way: 'no lock', times: 200 }, // long enough for the processes to overlap
} as const satisfies Record<string, Case<Way>>;

export const PLACE: Place<Way> = {
  task: new URL('./count-task.ts', import.meta.url),
  holder: new URL('./holder-child.ts', import.meta.url),
  create(_, folder) {
    createLock(path.join(folder, 'lock'));
    writeFileSync(path.join(folder, 'counter'), '0');
  },
  read: (_, folder) => Number(readFileSync(path.join(folder, 'counter'), 'utf8')),
};

export function countRounds(context: Context) {
  return runRounds<Way, keyof typeof CASES>(PLACE, CASES, context);
}
