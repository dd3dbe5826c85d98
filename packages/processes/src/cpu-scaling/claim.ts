import { defineClaim } from '@cookbook/lab/claim';
import type { Context, Evidence } from '@cookbook/lab/claim';
import { usableCores } from '@cookbook/lab/host';
import { pythonHalf, speedupOf } from '@cookbook/lab/python';
import { judgeParallel, measureSweep, speedupFigures, sweepPlot, unitTask } from '@cookbook/lab/speedup';
import type { Sweep } from '@cookbook/lab/speedup';
import { judgeSweep, sweepFigures } from '@cookbook/lab/sweep';
import type { LaneReport, Unit } from '@cookbook/lab/task';
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
