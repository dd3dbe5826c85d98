// The Python half: the sentence is about a Python without the lock, so one with the lock is not asked.

import type { Context, PythonRun } from '@cookbook/lab/claim';
import { findPythons, pythonHalf, speedupOf } from '@cookbook/lab/python';
import { parallel } from '@cookbook/lab/speedup';

/** Threads of the Pythons without the lock; cannot be shown where there is none. */
export async function runWithoutLock(lanes: number, context: Context): Promise<PythonRun[]> {
  const { found } = await findPythons();
  if (found.every(({ lock }) => lock)) {
    const reason = 'no Python without the lock found on this machine';
    const judgement = { verdict: 'cannot-show', reason } as const;
    return [{ interpreter: 'Python', lock: undefined, judgement, figures: [], headline: `${reason}.` }];
  }
  const half = pythonHalf(new URL('../../cpu-scaling/original.py', import.meta.url), [String(lanes)], (answer) =>
    parallel('threads', `${lanes} threads`, speedupOf(answer)),
  );
  const runs = await half(context);
  return runs.filter(({ lock }) => lock === false);
}
