// What each process does: counts so many times, and reports what that took and, in memory of its own, how far it came.

import type { CountJob, CountReport } from '../../proof/count-race.ts';
import { openCounter, readCounter } from '../recipe.ts';
import type { Way } from '../recipe.ts';

export default function task({ way, folder, times }: CountJob<Way>): CountReport {
  const { count, close } = openCounter(way, folder);
  const before = way === 'own memory' ? readCounter(way, folder) : 0;
  const start = performance.now();
  for (let done = 0; done < times; done++) count();
  const took = performance.now() - start;
  close();
  return { took, own: way === 'own memory' ? readCounter(way, folder) - before : undefined };
}
