// What each process does: counts so many times in one file, under the lock or without, and reports what that took.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { timed } from '@cookbook/lab/task';
import type { CountJob, CountReport } from '../../proof/count-race.ts';
import { FileLock } from '../recipe.ts';

/** Without the lock the same lines lose counts. */
export type Way = 'lock file' | 'no lock';

export default async function task({ way, folder, times }: CountJob<Way>): Promise<CountReport> {
  const file = path.join(folder, 'counter');
  const lock = new FileLock(path.join(folder, 'lock'));
  const count = (): void => writeFileSync(file, String(Number(readFileSync(file, 'utf8')) + 1));
  const took = await timed(() => {
    for (let done = 0; done < times; done++) {
      if (way === 'lock file') lock.withLock(count);
      else count();
    }
  });
  lock.close();
  return { took, own: undefined };
}
