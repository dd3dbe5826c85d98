// Heaps that run out, by what fills them and how large they are: who ends.

import type { Context, Finding } from '@cookbook/lab/claim';
import { outcomes, tally } from '@cookbook/lab/race';
import { table } from '@cookbook/lab/show';
import { runBatch } from '../../cpu-scaling/batch.ts';
import { parentLives } from './cells.ts';
import { SHAPES } from './crash.ts';
import type { Shape } from './crash.ts';
import { runExperiment } from './experiment.ts';

/** MiB */
const HEAPS = [16, 64, 128];
/** For processes one heap has to do: each of them ends alone. */
const HEAP_OF_PROCESS = 64;

const ALONE = 'ended alone';
const ALL = 'ended the whole program';

export interface Exhaustion {
  readonly where: 'thread' | 'process';
  readonly shape: Shape;
  readonly heap: number;
  readonly outcome: string;
}

/** Fills the heaps of threads, each shape in each size, and of processes, each shape in one; two at a time. */
export function exhaustHeaps({ signal }: Context): Promise<Exhaustion[]> {
  const cells = SHAPES.flatMap((shape) => [
    ...HEAPS.map((heap) => ({ where: 'thread', shape, heap }) as const),
    { where: 'process', shape, heap: HEAP_OF_PROCESS } as const,
  ]);
  return runBatch(cells, 2, async (cell) => {
    const experiment = await runExperiment(cell.where, cell.shape, signal, cell.heap);
    const died = experiment.parent.startsWith('SIG') || experiment.parent === 'exit code 134';
    return { ...cell, outcome: parentLives({ experiment }) ? ALONE : died ? ALL : experiment.parent };
  });
}

/** Threads that took the program with them have to be seen. The figures are 'memory-KIND-ended-alone' and the like. */
export function memoryOf(words: string, where: Exhaustion['where'], exhaustions: readonly Exhaustion[]): Finding {
  const seen = exhaustions.filter((each) => each.where === where).map(({ outcome }) => outcome);
  const whole = where === 'thread' ? 'interesting' : 'forbidden';
  const label = `heaps of a ${where} that ran out`;
  const counts = tally(seen, { [ALONE]: 'acceptable', [ALL]: whole });
  return outcomes(words, `memory-${where}`, label, counts, where === 'thread' ? ALL : undefined);
}

/** A table of the threads: what filled the heap, and what ended at each size. */
export function drawThreads(exhaustions: readonly Exhaustion[]): string {
  const outcomeOf = (shape: Shape, heap: number): string =>
    exhaustions.find((each) => each.where === 'thread' && each.shape === shape && each.heap === heap)!.outcome;
  return table(
    SHAPES.map((shape) => ({
      'a thread fills its heap with': shape,
      ...Object.fromEntries(HEAPS.map((heap) => [`${heap} MiB`, outcomeOf(shape, heap)])),
    })),
  );
}
