// The Python half of a claim: the post's own program, run by the Pythons of this machine.

import type { Context } from '../claim/claim.ts';
import { combine } from '../claim/finding.ts';
import type { Finding, PythonRun } from '../claim/finding.ts';
import { usableCores } from '../host/host.ts';
import { compare } from '../speedup/speedup.ts';
import type { Speedup } from '../speedup/speedup.ts';
import type { Phase } from '../speedup/trial.ts';
import { findPythons, runPython } from './python.ts';
import type { Python } from './python.ts';

/** Reads what `original.py` printed: whether what the post says holds for this Python. Findings without a judgement hold. */
export type ReadAnswer = (answer: unknown, python: Python) => Finding | readonly Finding[];

/**
 * The Python half that runs `program` with `args` on each kind of Python, one after another. It never throws for want
 * of a Python, or because of one that hangs or fails: that half cannot be shown here, and says why.
 */
export function pythonHalf(program: URL, args: readonly string[], read: ReadAnswer) {
  return async ({ signal }: Context): Promise<PythonRun[]> => {
    const { found, problems } = await findPythons();
    if (found.length === 0) return [cannotShow('Python', undefined, problems[0] ?? 'no python3 found on this machine')];
    const runs: PythonRun[] = [];
    for (const python of found) {
      try {
        runs.push(pythonRun(python, read(await runPython(python, program, args, { signal }), python)));
      } catch (error) {
        signal.throwIfAborted();
        runs.push(cannotShow(python.name, python.lock, (error as Error).message));
      }
    }
    return runs;
  };
}

/** What one Python showed. */
export function pythonRun({ name, lock }: Python, found: Finding | readonly Finding[]): PythonRun {
  const { judgement, figures, headline } = combine(Array.isArray(found) ? found : [found as Finding]);
  return { interpreter: name, lock, judgement, figures, ...(headline && { headline }) };
}

function cannotShow(interpreter: string, lock: boolean | undefined, reason: string): PythonRun {
  return { interpreter, lock, judgement: { verdict: 'cannot-show', reason }, figures: [], headline: `${reason}.` };
}

/**
 * The speedup that a Python program measured: it prints `{ "lanes": 2, "trials": [{ "alone": Phase, "together": Phase }] }`
 * with the reports of its lanes in the form of `LaneReport`, in ms. Its lanes only compute, and Python's lock lets them
 * sleep while they wait for it: where their CPU time grows, it is the host that makes work side by side dearer.
 *
 * @throws TypeError where it printed something else
 */
export function speedupOf(answer: unknown): Speedup {
  const { lanes, trials } = (answer ?? {}) as { lanes?: unknown; trials?: { alone: Phase; together: Phase }[] };
  if (typeof lanes !== 'number' || !Array.isArray(trials) || trials.length === 0) {
    throw new TypeError(
      `Expected the Python program to print lanes and trials, got ${JSON.stringify(answer).slice(0, 60)}`,
    );
  }
  const cores = usableCores();
  return {
    lanes,
    cores,
    trials: trials.map(({ alone, together }) => {
      const trial = compare(alone, together, cores);
      const inflation = trial.cpuRatio > 1.1 ? trial.cpuRatio : 1;
      return { ...trial, inflation, sawInflation: true, ceiling: trial.ceiling / inflation };
    }),
  };
}
