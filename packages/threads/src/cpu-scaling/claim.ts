import { allHold, defineClaim } from '@cookbook/lab/claim';
import type { Context, Evidence } from '@cookbook/lab/claim';
import { usableCores } from '@cookbook/lab/host';
import { asyncLanes, unitTask } from '@cookbook/lab/lane';
import type { LaneReport } from '@cookbook/lab/probe';
import { pythonHalf, speedupOf } from '@cookbook/lab/python-half';
import { measureSpeedup } from '@cookbook/lab/speedup';
import type { Speedup } from '@cookbook/lab/speedup';
import { sweepPlot } from '@cookbook/lab/plot';
import { isSerialSettled, judgeSerial } from '@cookbook/lab/serial-verdict';
import { speedupFigures } from '@cookbook/lab/speedup-verdict';
import { judgeSweep, measureSweep, sweepFigures } from '@cookbook/lab/sweep';
import type { Sweep } from '@cookbook/lab/sweep';
import { calibrate } from '@cookbook/lab/workload';
import type { Unit } from '@cookbook/lab/workload';
import { openThreads } from './recipe.ts';

const open = (count: number) => openThreads<Unit, LaneReport>(unitTask, count);

interface ScalingEvidence extends Evidence {
  readonly threads: Sweep;
  readonly tasks: Speedup;
}

export default defineClaim<ScalingEvidence>({
  id: 'threads/cpu-scaling',
  says: 'Threads do not speed up CPU-bound work: the interpreter lock admits one at a time.',
  from: ['RC', 'MM', 'QA'],
  answer:
    'Worker threads gain close to 1x per core, up to the cores; it is async tasks on one event loop that stay at 1x.',

  async measure(context: Context) {
    const unit = calibrate();
    const threads = await measureSweep({ open, context, unit });
    const tasks = await measureSpeedup({
      open: asyncLanes,
      lanes: 2,
      unit,
      context,
      trials: [2, 12],
      unitsAlone: 1, // one task and two are the same thread
      enough: isSerialSettled,
    });
    return {
      threads,
      tasks,
      plots: [sweepPlot('Speedup of worker threads', 'threads', threads)],
      figures: [...sweepFigures(threads, 'thread'), ...speedupFigures(tasks, '2 async tasks', 'serial')],
    };
  },

  judge: ({ threads, tasks }) => allHold([judgeSweep(threads), judgeSerial(tasks)]),

  // The post's sentence is judged, so a Python without the lock refutes it.
  python: pythonHalf(new URL('./original.py', import.meta.url), [String(Math.max(2, usableCores()))], (answer) => {
    const speedup = speedupOf(answer);
    return { figures: speedupFigures(speedup, `${speedup.lanes} threads`, 'serial'), judgement: judgeSerial(speedup) };
  }),
});
