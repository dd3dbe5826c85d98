// The Python half: its threads and its processes, with the cores watched while they run.

import { watchCores } from '@cookbook/lab/host';
import { runPython, speedupOf } from '@cookbook/lab/python';
import type { Python } from '@cookbook/lab/python';
import type { Phase, Speedup } from '@cookbook/lab/speedup';
import { sightOf } from './recipe.ts';
import type { Sight } from './recipe.ts';

/**
 * Runs `original.py` for one mechanism: first its trials, then the run that is drawn.
 *
 * @throws Error where the program fails, does not answer in time, or prints something else
 */
export async function watchPython(
  python: Python,
  mechanism: 'threads' | 'processes',
  lanes: number,
  signal: AbortSignal,
): Promise<{ sight: Sight; speedup: Speedup }> {
  const watch = await watchCores();
  const program = new URL('./original.py', import.meta.url);
  const answer = await runPython(python, program, [mechanism, String(lanes)], { signal }).catch(
    (error: unknown) => error,
  );
  const samples = await watch.stop();
  if (answer instanceof Error) throw answer;
  return { speedup: speedupOf(answer), sight: sightOf((answer as { watched: Phase }).watched, samples) };
}
