import { allHold, defineClaim } from '@cookbook/lab/claim';
import type { Context, CoreSample, CoresPlot, Evidence, Judgement, PythonRun } from '@cookbook/lab/claim';
import { coresPlot, usableCores } from '@cookbook/lab/host';
import { findPythons } from '@cookbook/lab/python';
import type { Python } from '@cookbook/lab/python';
import { drawCores } from '@cookbook/lab/show';
import { asyncLanes, isSerialSettled, isSettled, measureSpeedup, unitTask } from '@cookbook/lab/speedup';
import type { OpenLanes } from '@cookbook/lab/speedup';
import { calibrate, UNIT_MS } from '@cookbook/lab/task';
import type { LaneReport, Unit } from '@cookbook/lab/task';
import { openThreads } from '@cookbook/threads';
import { openProcesses } from '../cpu-scaling/recipe.ts';
import { watchPython } from './python.ts';
import { watchMechanism } from './recipe.ts';
import type { Work } from './recipe.ts';
import { coresBusy, drawRows, rowOf } from './row.ts';
import type { Row } from './row.ts';

/** More lanes would make the async tasks, which do the same work one after another, take too long to watch. */
const MOST_LANES = 16;

/** Units in all: about 1.2 s of work for one core, long enough to see which cores do it. */
const UNITS = 22;
const LEAST_ROUNDS = 3;

interface Mechanism {
  readonly name: string;
  readonly expected: 'parallel' | 'serial';
  readonly open: OpenLanes;
}

const MECHANISMS: readonly Mechanism[] = [
  { name: 'async tasks', expected: 'serial', open: asyncLanes },
  { name: 'worker threads', expected: 'parallel', open: (count) => openThreads<Unit, LaneReport>(unitTask, count) },
  { name: 'forked processes', expected: 'parallel', open: (count) => openProcesses<Unit, LaneReport>(unitTask, count) },
];

interface RealityEvidence extends Evidence {
  readonly rows: readonly Row[];
}

export default defineClaim<RealityEvidence>({
  id: 'processes/reality-check',
  says: 'Run CPU-bound work with threads and with processes and watch the CPU: the graph shows the difference.',
  from: ['RC'],
  answer:
    'Worker threads and forked processes keep every core busy, async tasks only one; in Python threads keep only one too, as long as it has its lock.',

  async measure(context: Context) {
    const { screen, signal } = context;
    const lanes = Math.min(MOST_LANES, Math.max(2, usableCores()));
    const work: Work = { unit: calibrate(), lanes, rounds: Math.max(LEAST_ROUNDS, Math.round(UNITS / lanes)) };

    const rows: Row[] = [];
    for (const { name, expected, open } of MECHANISMS) {
      signal.throwIfAborted();
      const samples: CoreSample[] = [];
      const { columns } = screen;
      const sight = await watchMechanism(open, work, (sample) => {
        samples.push(sample);
        screen.draw(picture(name, samples, columns));
      });
      screen.print(picture(name, sight.samples, columns));
      screen.draw(`\n${name}: how much faster than one? ...`);
      const until =
        expected === 'parallel' ? { enough: isSettled } : { enough: isSerialSettled, trials: [3, 20] as const };
      const speedup = await measureSpeedup({ open, lanes, unit: work.unit, context, ...until });
      rows.push(rowOf(name, expected, sight, speedup));
    }
    const python = await pythonHalf(context, lanes);
    screen.print(`\n${drawRows([...rows, ...python.rows])}\n`);
    return {
      rows,
      plots: [timeline([...rows, ...python.rows])],
      python: python.runs,
      headline: rows.map(coresBusy).join(', '),
      figures: rows.flatMap(({ figures }) => figures),
      notes: [`Held constant: ${lanes} lanes, ${lanes * work.rounds} units of work, ${UNIT_MS} ms of CPU time a unit.`],
    };
  },

  judge: ({ rows }) => allHold(rows.map(({ judgement }) => judgement)),
});

function timeline(rows: readonly Row[]): CoresPlot {
  return coresPlot(
    'Load of every core over time',
    rows.map(({ mechanism, sight: { started, samples } }) => ({ name: mechanism, start: started, samples })),
  );
}

/** A mechanism's name, and the load of every core while it ran, a column for each 100 ms. */
function picture(name: string, samples: readonly CoreSample[], columns: number): string {
  const rows = drawCores(samples, columns - 2);
  const lines = rows.length > 0 ? rows : ['the load of the cores cannot be read on this system'];
  return `\n${name}\n${lines.map((line) => `  ${line}`).join('\n')}`;
}

async function pythonHalf(context: Context, lanes: number): Promise<{ runs: PythonRun[]; rows: Row[] }> {
  const { found, problems } = await findPythons();
  const rows: Row[] = [];
  const runs: PythonRun[] = [];
  for (const python of found) {
    const identity = { interpreter: python.name, lock: python.lock };
    try {
      const own = await pythonRows(python, context, lanes);
      rows.push(...own);
      const judgement = allHold(own.map((row) => row.judgement));
      runs.push({ ...identity, judgement, figures: own.flatMap(({ figures }) => figures) });
    } catch (error) {
      context.signal.throwIfAborted();
      runs.push({ ...identity, judgement: cannotShow((error as Error).message), figures: [] });
    }
  }
  if (found.length === 0) {
    const reason = problems[0] ?? 'no python3 found on this machine';
    runs.push({ interpreter: 'Python', lock: undefined, judgement: cannotShow(reason), figures: [] });
  }
  return { runs, rows };
}

async function pythonRows(python: Python, { screen, signal }: Context, lanes: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const mechanism of ['threads', 'processes'] as const) {
    const name = `Python ${mechanism}${python.lock ? '' : ', no lock'}`;
    screen.draw(`\n${name} ...`);
    const { sight, speedup } = await watchPython(python, mechanism, lanes, signal);
    screen.print(picture(`${name} (${python.name})`, sight.samples, screen.columns));
    rows.push(rowOf(name, mechanism === 'threads' && python.lock ? 'serial' : 'parallel', sight, speedup));
  }
  return rows;
}

function cannotShow(reason: string): Judgement {
  return { verdict: 'cannot-show', reason };
}
