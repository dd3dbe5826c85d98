// The Python half of a claim: the post's own program, run by the Pythons of this machine.

import type { Context, Figure, Judgement, PythonRun } from '../claim/claim.ts';
import { usableCores } from '../host/host.ts';
import { findPythons, runPython } from './python.ts';
import type { Python } from './python.ts';
import type { Phase } from '../speedup/trial.ts';
import { compare, inflate } from '../speedup/speedup.ts';
import type { Speedup } from '../speedup/speedup.ts';

/** Reads what `original.py` printed: the figures, and whether what the post says holds for this Python. */
export type ReadAnswer = (
  answer: unknown,
  python: Python,
) => { figures: Figure[]; headline?: string; judgement: Judgement };

/**
 * The Python half that runs `program` with `args` on each kind of Python, one after another. It never throws for want
 * of a Python, or because of one that hangs or fails: that half cannot be shown here, and says why.
 */
export function pythonHalf(program: URL, args: readonly string[], read: ReadAnswer) {
  return async ({ signal }: Context): Promise<PythonRun[]> => {
    const { found, problems } = await findPythons();
    if (found.length === 0) {
      const reason = problems[0] ?? 'no python3 found on this machine';
      return [{ interpreter: 'Python', lock: undefined, judgement: { verdict: 'cannot-show', reason }, figures: [] }];
    }
    const runs: PythonRun[] = [];
    for (const python of found) {
      const identity = { interpreter: python.name, lock: python.lock };
      try {
        runs.push({ ...identity, ...read(await runPython(python, program, args, { signal }), python) });
      } catch (error) {
        signal.throwIfAborted();
        const reason = (error as Error).message;
        runs.push({ ...identity, judgement: { verdict: 'cannot-show', reason }, figures: [] });
      }
    }
    return runs;
  };
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
      return trial.cpuRatio > 1.1 ? inflate(trial, trial.cpuRatio) : trial;
    }),
  };
}
