// The same work on lanes of each kind, watched and timed.

import type { Context } from '@cookbook/lab/claim';
import { usableCores } from '@cookbook/lab/host';
import { asyncLanes, isSerialSettled, isSettled, measureSpeedup, unitTask } from '@cookbook/lab/speedup';
import type { OpenLanes } from '@cookbook/lab/speedup';
import { calibrate } from '@cookbook/lab/task';
import { openThreads } from '@cookbook/threads';
import { openProcesses } from '../../cpu-scaling/recipe.ts';
import type { CoreSample } from '../recipe.ts';
import { picture } from './picture.ts';
import { rowOf } from './row.ts';
import type { Mechanism, Row } from './row.ts';
import { watchMechanism } from './watch.ts';
import type { Work } from './watch.ts';

/** More lanes would make the async tasks, which do the same work one after another, take too long to watch. */
const MOST_LANES = 16;

/** Units in all: about 1.2 s of work for one core, long enough to see which cores do it. */
const UNITS = 22;
const LEAST_ROUNDS = 3;

interface Opened extends Mechanism {
  readonly open: OpenLanes;
}

const MECHANISMS: readonly Opened[] = [
  { key: 'async', name: 'async tasks', expected: 'serial', open: asyncLanes },
  { key: 'threads', name: 'worker threads', expected: 'parallel', open: (count) => openThreads(unitTask, count) },
  { key: 'processes', name: 'forked processes', expected: 'parallel', open: (count) => openProcesses(unitTask, count) },
];

/** As much work for every mechanism as suits this machine. */
export function planWork(): Work {
  const lanes = Math.min(MOST_LANES, Math.max(2, usableCores()));
  return { unit: calibrate(), lanes, rounds: Math.max(LEAST_ROUNDS, Math.round(UNITS / lanes)) };
}

/** Runs the work by each mechanism in turn, and draws the cores meanwhile. */
export async function watchMechanisms(work: Work, context: Context): Promise<Row[]> {
  const rows: Row[] = [];
  for (const mechanism of MECHANISMS) {
    context.signal.throwIfAborted();
    rows.push(await watchOne(mechanism, work, context));
  }
  return rows;
}

async function watchOne({ open, ...mechanism }: Opened, work: Work, context: Context): Promise<Row> {
  const { screen } = context;
  const { name, expected } = mechanism;
  const samples: CoreSample[] = [];
  const sight = await watchMechanism(open, work, (sample) => {
    samples.push(sample);
    screen.draw(picture(name, samples, screen.columns));
  });
  screen.print(picture(name, sight.samples, screen.columns));
  screen.draw(`\n${name}: how much faster than one? ...`);
  const until = expected === 'parallel' ? { enough: isSettled } : { enough: isSerialSettled, trials: [3, 20] as const };
  const speedup = await measureSpeedup({ open, lanes: work.lanes, unit: work.unit, context, ...until });
  return rowOf(mechanism, sight, speedup);
}
