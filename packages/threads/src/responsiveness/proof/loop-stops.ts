// For how long a computation stops the event loop: inline, in a worker and in slices, with a clock beside it.

import { sampled } from '@cookbook/lab/claim';
import type { Context, Figure } from '@cookbook/lab/claim';
import { measureEventLoopDelay } from '@cookbook/lab/host';
import { calibrate } from '@cookbook/lab/task';
import type { Unit } from '@cookbook/lab/task';
import { inline, inSlices, inWorker } from '../recipe.ts';
import { startClock } from './clock.ts';
import { stepsOf } from './unit-task.ts';

export const WORK_MS = 200;
export const ROUNDS = 3;

/** A loop that is stopped shows the whole of the work... */
const STOPPED = 0.9;
/** ...one that turns a small part of it, even where other programs keep this thread from its core for a while. */
const TURNING = 0.4;

const task = new URL('./unit-task.ts', import.meta.url);

const WAYS = {
  inline: (unit: Unit) => inline(stepsOf(unit)),
  worker: (unit: Unit) => inWorker<number>(task, unit),
  slices: (unit: Unit) => inSlices(stepsOf(unit)),
};
export type Way = keyof typeof WAYS;

interface Stop {
  /** Longest time between two turns of the loop, ms. */
  readonly longest: number;
  /** The same as a share of the time that the work took. */
  readonly share: number;
  readonly ticks: number;
}

export type Stops = Readonly<Record<Way, readonly Stop[]>>;

/** Every way in turn, three times. */
export async function measureStops(context: Context): Promise<Stops> {
  const unit = calibrate('primes', WORK_MS);
  const stops: Record<Way, Stop[]> = { inline: [], worker: [], slices: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const way of Object.keys(WAYS) as Way[]) {
      context.signal.throwIfAborted();
      stops[way].push(await measureStop(way, unit, context));
    }
  }
  return stops;
}

/** Does the work with a clock beside it, whose picture is on the screen. */
async function measureStop(way: Way, unit: Unit, { screen }: Context): Promise<Stop> {
  const clock = startClock((picture) => screen.draw(`… responsiveness, ${way}\n  ${picture}`));
  try {
    const { max, wall, result } = await measureEventLoopDelay(async () => {
      const before = clock.ticks;
      const repeats = await WAYS[way](unit);
      if (repeats !== unit.repeats)
        throw new Error(`Expected ${unit.repeats} pieces of work to be done, got ${repeats}`);
      return clock.ticks - before;
    });
    return { longest: max, share: max / wall, ticks: result };
  } finally {
    clock.stop();
  }
}

/** The figures of one way: `WAY-longest`, `WAY-share` and `WAY-ticks`; the last two have bounds. */
export function figuresOf(way: Way, stops: Stops): Figure[] {
  const isInline = way === 'inline';
  const samples = (field: keyof Stop): number[] => stops[way].map((stop) => stop[field]);
  const name = { inline: 'inline', worker: 'in a worker', slices: 'in slices' }[way];
  return [
    sampled(
      `${way}-share`,
      `longest stop of the event loop / time of the work, ${name}`,
      samples('share'),
      'x',
      isInline ? { least: STOPPED } : { most: TURNING },
    ),
    sampled(`${way}-longest`, `longest stop of the event loop, ${name}`, samples('longest'), 'ms'),
    sampled(
      `${way}-ticks`,
      `ticks of the clock during the work, ${name}`,
      samples('ticks'),
      'ticks',
      isInline ? { most: 0 } : { least: 1 },
    ),
  ];
}
