import { defineClaim } from '@cookbook/lab/claim';
import type { Context, Evidence } from '@cookbook/lab/claim';
import { usableCores } from '@cookbook/lab/host';
import { unitTask } from '@cookbook/lab/lane';
import type { LaneReport } from '@cookbook/lab/probe';
import { sweepPlot } from '@cookbook/lab/plot';
import { pythonHalf, speedupOf } from '@cookbook/lab/python-half';
import { judgeParallel, speedupFigures } from '@cookbook/lab/speedup-verdict';
import { judgeSweep, measureSweep, sweepFigures } from '@cookbook/lab/sweep';
import type { Sweep } from '@cookbook/lab/sweep';
import type { Unit } from '@cookbook/lab/workload';
import { openProcesses } from './recipe.ts';

const open = (count: number) => openProcesses<Unit, LaneReport>(unitTask, count);

interface ScalingEvidence extends Evidence {
  readonly processes: Sweep;
}

export default defineClaim<ScalingEvidence>({
  id: 'processes/cpu-scaling',
  says: 'Processes run in true parallel on many cores.',
  from: ['RC', 'MM', 'QA'],
  answer: 'Forked processes gain close to 1x per core, up to the cores, and nothing beyond.',

  async measure(context: Context) {
    const processes = await measureSweep({ open, context });
    return {
      processes,
      plots: [sweepPlot('Speedup of forked processes', 'processes', processes)],
      figures: sweepFigures(processes, 'process', 'processes'),
    };
  },

  judge: ({ processes }) => judgeSweep(processes),

  python: pythonHalf(new URL('./original.py', import.meta.url), [String(Math.max(2, usableCores()))], (answer) => {
    const speedup = speedupOf(answer);
    return {
      figures: speedupFigures(speedup, `${speedup.lanes} processes`, 'parallel'),
      judgement: judgeParallel(speedup),
    };
  }),
});
