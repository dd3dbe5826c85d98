// What each process does: counts so many times, and says what that took and, in memory of its own, how far it came.

import { openCounter, readCounter } from '../recipe.ts';
import type { Way } from '../recipe.ts';

export interface Job {
  readonly way: Way;
  readonly folder: string;
  readonly times: number;
}

export interface Report {
  /** ms */
  readonly took: number;
  readonly own: number;
}

export default function task({ way, folder, times }: Job): Report {
  const { count, close } = openCounter(way, folder);
  const before = way === 'own memory' ? readCounter(way, folder) : 0;
  const start = performance.now();
  for (let done = 0; done < times; done++) count();
  const took = performance.now() - start;
  close();
  return { took, own: way === 'own memory' ? readCounter(way, folder) - before : 0 };
}
