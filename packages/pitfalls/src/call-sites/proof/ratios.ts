// The same function against itself: measured one after the other, in processes of its own, and in turns.

import { intervals, sampled } from '@cookbook/lab/claim';
import type { Context, Finding } from '@cookbook/lab/claim';
import { fix, inNewProcess } from '../recipe.ts';

const RUNS = 2;
/** The function is the same: what is left is the noise of the machine. */
const SAME = { least: 0.75, most: 1.33 };

export async function againstItself(context: Context): Promise<Finding[]> {
  const inlined: number[] = [];
  const called: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    context.signal.throwIfAborted();
    inlined.push(await inNewProcess('trap'));
    called.push(await inNewProcess('trap', ['--no-maglev-inlining']));
  }
  return [
    intervals(
      'Measured eight times in one process, the function costs {sites} as much the last time as the first; {called} where V8 does not copy it into its callers.',
      sampled('sites', 'the last of 8 measurements / the first', inlined, 'x', { least: 1.5 }),
      sampled('called', 'the same with --no-maglev-inlining', called, 'x', SAME),
    ),
    intervals(
      'In a process of its own each, B costs {apart} as much as A, which is the same function; in turns {turns}.',
      sampled('apart', 'B / A, the least of 5 processes each', [await fix(5)], 'x', SAME),
      sampled('turns', 'B / A, in turns, the median of 7', [await inNewProcess('pairs')], 'x', SAME),
    ),
  ];
}
