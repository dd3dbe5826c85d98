// Processes that count in one file under the lock, with and without a holder that is killed.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Context } from '@cookbook/lab/claim';
import { runRounds } from '../../proof/count-race.ts';
import type { Case, Place } from '../../proof/count-race.ts';
import { createLock } from '../recipe.ts';

const CASES = {
  alive: { way: 'lock file', times: 20 },
  killed: { way: 'lock file', times: 20, victim: true },
} as const satisfies Record<string, Case<'lock file'>>;

export const PLACE: Place<'lock file'> = {
  task: new URL('./count-task.ts', import.meta.url),
  holder: new URL('./holder-child.ts', import.meta.url),
  create(_, folder) {
    createLock(path.join(folder, 'lock'));
    writeFileSync(path.join(folder, 'counter'), '0');
  },
  read: (_, folder) => Number(readFileSync(path.join(folder, 'counter'), 'utf8')),
};

export function countRounds(context: Context) {
  return runRounds<'lock file', keyof typeof CASES>(PLACE, CASES, context);
}
