import { counted, defineClaim, judgeBounds } from '@cookbook/lab/claim';
import type { Context, Evidence, Figure } from '@cookbook/lab/claim';
import { pythonHalf } from '@cookbook/lab/python';
import { table } from '@cookbook/lab/show';
import { CRASHES } from './proof/crash.ts';
import type { Crash } from './proof/crash.ts';
import { runExperiment } from './proof/experiment.ts';
import type { Experiment, Where } from './proof/experiment.ts';

interface Cell {
  readonly where: Where;
  readonly crash: Crash;
  /** Whether the parent and the sibling of the one that crashes are to live on. */
  readonly survives: boolean;
}

const CELLS: readonly Cell[] = [
  ...CRASHES.map((crash): Cell => ({ where: 'process', crash, survives: true })),
  ...CRASHES.map((crash): Cell => ({ where: 'thread', crash, survives: crash !== 'fatal signal' })),
  { where: 'thread, nobody listens', crash: 'uncaught error', survives: false },
];

interface Row extends Cell {
  readonly experiment: Experiment;
}

export default defineClaim<Evidence>({
  id: 'processes/isolation',
  says: 'Processes have separate memory.',
  from: ['MM', 'QA'],
  answer:
    'So they do: no crash of a child reaches its parent or its siblings. Threads have separate globals too, but a fatal signal, or an error that nobody listens for, ends them all.',

  async measure({ signal }: Context) {
    const rows: Row[] = [];
    let next = 0;
    const work = async (): Promise<void> => {
      for (let cell; (cell = CELLS[next++]);) {
        rows.push({ ...cell, experiment: await runExperiment(cell.where, cell.crash, signal) });
      }
    };
    await Promise.all([work(), work()]);
    rows.sort((a, b) => CELLS.findIndex(sameAs(a)) - CELLS.findIndex(sameAs(b)));

    const processes = rows.filter(({ where }) => where === 'process');
    const threads = rows.filter(({ where }) => where !== 'process');
    const survived = (of: readonly Row[]): string => `${of.filter(parentLives).length} of ${of.length}`;
    const clean = rows.filter(({ experiment }) => hasOwnGlobals(experiment)).length;
    return {
      headline: `parent and sibling survive ${survived(processes)} crashes of a process, ${survived(threads)} of a thread`,
      figures: [
        counted('parents whose residents had globals of their own', clean, 'parents', { least: rows.length }),
        ...rows.map(figureOf),
        counted('core dumps left', rows.flatMap(({ experiment }) => experiment.files).length, 'files', { most: 0 }),
      ],
      notes: [`\n${drawTable(rows)}`],
    };
  },

  judge: judgeBounds,

  python: pythonHalf(new URL('./original.py', import.meta.url), [], (answer) => {
    const { process: own, thread, after_abort: survivors } = answer as Record<string, number>;
    const figures = [
      counted('global of the parent after a process has added 1', own!, '', { most: 0 }),
      counted('global of the parent after a thread has added 1', thread!, ''),
      counted('parents alive after abort() in a child', survivors!, 'of 1', { least: 1 }),
    ];
    const headline = `a process leaves its parent's global at ${own}, a thread makes it ${thread}`;
    return { figures, headline, judgement: judgeBounds({ figures }) };
  }),
});

function sameAs(row: Cell): (cell: Cell) => boolean {
  return ({ where, crash }) => where === row.where && crash === row.crash;
}

/** Each resident counted for itself, and the parent's counter stayed where it was. */
export function hasOwnGlobals({ counted: counts, own }: Experiment): boolean {
  return counts.join() === '1,1,2' && own === 100;
}

function parentLives({ experiment }: Row): boolean {
  return experiment.parent === 'exit code 0' && experiment.siblingAnswers;
}

function figureOf(row: Row): Figure {
  const bound = row.survives ? { least: 1 } : { most: 0 };
  return counted(`${row.where}, ${row.crash}: parent and sibling live`, Number(parentLives(row)), 'of 1', bound);
}

function drawTable(rows: readonly Row[]): string {
  return table(
    rows.map(({ where, crash, experiment: { victim, parent, siblingAnswers } }) => ({
      'crash in a': where,
      by: crash,
      'it ends with': victim?.split(', ').at(-1) ?? 'its parent',
      'parent and sibling': parent === 'exit code 0' && siblingAnswers ? 'live' : `die: ${parent}`,
    })),
  );
}
