// Python's threads and its processes, with the cores watched while they run.

import type { Context, PythonRun } from '@cookbook/lab/claim';
import { findPythons, pythonRun, runPython, speedupOf } from '@cookbook/lab/python';
import type { Python } from '@cookbook/lab/python';
import type { Phase, Speedup } from '@cookbook/lab/speedup';
import { watchCores } from '../recipe.ts';
import { picture } from './picture.ts';
import { rowOf } from './row.ts';
import type { Row } from './row.ts';
import { sightOf } from './watch.ts';
import type { Sight } from './watch.ts';

/** Measures each kind of Python that is found. Where there is none, or one fails, its run says why; nothing is thrown. */
export async function watchPythons(context: Context, lanes: number): Promise<{ runs: PythonRun[]; rows: Row[] }> {
  const { found, problems } = await findPythons();
  const rows: Row[] = [];
  const runs: PythonRun[] = [];
  for (const python of found) {
    try {
      const own = await pythonRows(python, context, lanes);
      rows.push(...own);
      runs.push(
        pythonRun(
          python,
          own.map(({ finding }) => finding),
        ),
      );
    } catch (error) {
      context.signal.throwIfAborted();
      runs.push(cannotShow(python.name, python.lock, (error as Error).message));
    }
  }
  if (found.length === 0) {
    runs.push(cannotShow('Python', undefined, problems[0] ?? 'no python3 found on this machine'));
  }
  return { runs, rows };
}

async function pythonRows(python: Python, { screen, signal }: Context, lanes: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const key of ['threads', 'processes'] as const) {
    const name = `Python ${key}${python.lock ? '' : ', no lock'}`;
    const expected = key === 'threads' && python.lock ? 'serial' : 'parallel';
    screen.draw(`\n${name} ...`);
    const { sight, speedup } = await watchPython(python, key, lanes, signal);
    screen.print(picture(`${name} (${python.name})`, sight.samples, screen.columns));
    rows.push(rowOf({ key, name, expected }, sight, speedup));
  }
  return rows;
}

/**
 * Runs `original.py` for one mechanism: first its trials, then the run that is drawn.
 *
 * @throws Error where the program fails, does not answer in time, or prints something else
 */
async function watchPython(
  python: Python,
  mechanism: 'threads' | 'processes',
  lanes: number,
  signal: AbortSignal,
): Promise<{ sight: Sight; speedup: Speedup }> {
  const program = new URL('../original.py', import.meta.url);
  const { result, samples } = await watchCores(() =>
    runPython(python, program, [mechanism, String(lanes)], { signal }),
  );
  return { speedup: speedupOf(result), sight: sightOf((result as { watched: Phase }).watched, samples) };
}

function cannotShow(interpreter: string, lock: boolean | undefined, reason: string): PythonRun {
  return { interpreter, lock, judgement: { verdict: 'cannot-show', reason }, figures: [], headline: `${reason}.` };
}
