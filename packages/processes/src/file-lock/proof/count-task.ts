// What each process does: counts so many times in one file under the lock, and reports what that took.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { timed } from '@cookbook/lab/task';
import type { CountJob, CountReport } from '../../proof/count-race.ts';
import { FileLock } from '../recipe.ts';

export default async function task({ folder, times }: CountJob<'lock file'>): Promise<CountReport> {
  const file = path.join(folder, 'counter');
  const lock = new FileLock(path.join(folder, 'lock'));
  const took = await timed(() => {
    for (let done = 0; done < times; done++) {
      lock.withLock(() => writeFileSync(file, String(Number(readFileSync(file, 'utf8')) + 1)));
    }
  });
  lock.close();
  return { took, own: undefined };
}
