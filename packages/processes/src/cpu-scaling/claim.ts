import { defineClaim } from '@cookbook/lab/claim';
import { usableCores } from '@cookbook/lab/host';
import { pythonHalf, speedupOf } from '@cookbook/lab/python';
import { measureSweep, parallel, parallelSweep, sweepPlot, unitTask } from '@cookbook/lab/speedup';
import { openProcesses } from './recipe.ts';

export default defineClaim({
  id: 'processes/cpu-scaling',
  question: 'Do child processes make CPU-bound code faster?',
  says: 'Processes run in true parallel on many cores.',
  from: ['RC', 'MM', 'QA'],
  inNode: 'yes',
  answer: 'Forked processes speed up CPU-bound work nearly once per core, up to the number of cores.',

  async measure(context) {
    const processes = await measureSweep({ open: (count) => openProcesses(unitTask, count), context });
    return [
      {
        ...parallelSweep('processes', 'forked process', processes, undefined, 'forked processes'),
        plots: [sweepPlot('Speedup of forked processes', 'processes', processes)],
      },
    ];
  },

  python: pythonHalf(new URL('./original.py', import.meta.url), [String(Math.max(2, usableCores()))], (answer) =>
    parallel('processes', 'the processes', speedupOf(answer)),
  ),
});
