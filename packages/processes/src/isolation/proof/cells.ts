// Every crash in every place, and what survived it.

import { counted, exactly } from '@cookbook/lab/claim';
import type { Context, Figure } from '@cookbook/lab/claim';
import { table } from '@cookbook/lab/show';
import { runBatch } from '../../cpu-scaling/batch.ts';
import { CRASHES } from './crash.ts';
import type { Crash } from './crash.ts';
import { runExperiment } from './experiment.ts';
import type { Experiment, Where } from './experiment.ts';

interface Cell {
  readonly where: Where;
  readonly crash: Crash;
  /** Whether the parent and the sibling of the one that crashes are expected to live on. */
  readonly survives: boolean;
}

const CELLS: readonly Cell[] = [
  ...CRASHES.map((crash): Cell => ({ where: 'process', crash, survives: true })),
  ...CRASHES.map((crash): Cell => ({ where: 'thread', crash, survives: crash !== 'fatal signal' })),
  { where: 'thread without a listener', crash: 'uncaught error', survives: false },
];

export interface Row extends Cell {
  readonly experiment: Experiment;
}

/** Runs every experiment, two at a time. */
export async function runExperiments({ signal }: Context): Promise<Row[]> {
  return runBatch(CELLS, 2, async (cell) => ({
    ...cell,
    experiment: await runExperiment(cell.where, cell.crash, signal),
  }));
}

/** The cells of processes, or those of threads: how many crashes the parent and the sibling survived, and each for itself. */
export function survival(rows: readonly Row[], of: 'process' | 'thread'): Figure[] {
  const own = rows.filter(({ where }) => (where === 'process') === (of === 'process'));
  const expected = own.filter(({ survives }) => survives).length;
  const lived = own.filter(parentLives).length;
  return [
    counted(
      `${of}-survived`,
      `crashes of a ${of} that parent and sibling survived`,
      lived,
      `of ${own.length}`,
      exactly(expected),
    ),
    ...own.map((row) => {
      const { where, crash, survives } = row;
      const name = `${where}, ${crash}: parent and sibling live`;
      return counted(keyOf(where, crash), name, Number(parentLives(row)), 'of 1', exactly(Number(survives)));
    }),
  ];
}

/** Parents whose runners had globals of their own, and core dumps that were left. */
export function traces(rows: readonly Row[]): { globals: Figure; dumps: Figure } {
  const clean = rows.filter(({ experiment }) => hasOwnGlobals(experiment)).length;
  const files = rows.flatMap(({ experiment }) => experiment.files).length;
  return {
    globals: counted(
      'own-globals',
      'parents whose runners had globals of their own',
      clean,
      'parents',
      exactly(rows.length),
    ),
    dumps: counted('core-dumps', 'core dumps left', files, 'files', { most: 0 }),
  };
}

/** Each runner counted for itself, and the parent's counter stayed where it was. */
export function hasOwnGlobals({ counted: counts, own }: Experiment): boolean {
  return counts.join() === '1,1,2' && own === 100;
}

/** A table of how each one ended. */
export function drawRows(rows: readonly Row[]): string {
  return table(
    rows.map((row) => ({
      'crash in a': row.where,
      by: row.crash,
      'it ends with': row.experiment.victim?.split(', ').at(-1) ?? 'its parent',
      'parent and sibling': parentLives(row) ? 'live' : `die: ${row.experiment.parent}`,
    })),
  );
}

export function parentLives({ experiment }: Pick<Row, 'experiment'>): boolean {
  return experiment.parent === 'exit code 0' && experiment.siblingAnswers;
}

/** 'thread-out-of-memory' */
function keyOf(where: Where, crash: Crash): string {
  return `${where} ${crash}`.replaceAll(/[^a-z]+/g, '-').replace(/-$/, '');
}
