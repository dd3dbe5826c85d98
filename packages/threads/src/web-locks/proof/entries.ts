// Threads and tasks that enter one section, run for run.

import { counted } from '@cookbook/lab/claim';
import type { Figure } from '@cookbook/lab/claim';
import { tally } from '@cookbook/lab/race';
import type { Tally } from '@cookbook/lab/race';
import { openTogether } from '../../proof/run-together.ts';
import type { Way } from '../recipe.ts';
import { ENTER_WORDS } from './enter-task.ts';
import type { Tasks } from './enter-task.ts';

/** Entries of each task in a round. */
const TIMES = 2_000;
const ROUNDS = 4;
/** More threads show the race between them less often: each is asleep for longer. */
const THREADS = 2;
/** The race is provoked until it is seen, but no longer than this, ms. */
const PROVOKE_MS = 2_000;

/** The outcome of a round that is to be provoked. */
export const OVERLAP = 'two inside at once';

/** Starts `threads` threads that can enter many times over, each with so many tasks at once. */
export function openEntries(threads: number, tasks: number) {
  const task = new URL('./enter-task.ts', import.meta.url);
  const together = openTogether<Way, Tasks, void>(task, threads, ENTER_WORDS);
  return {
    /** How many of `threads * tasks * times` entries found another task inside. */
    run: async (way: Way, times: number): Promise<number> => (await together.run(way, times, { tasks })).overlaps,
    close: () => together.close(),
  };
}

/** Some rounds of entries, with the overlaps of each. */
interface Rounds {
  readonly entries: number;
  readonly overlaps: readonly number[];
}

/** Rounds among the tasks of one thread. */
export function withinThread(tasks: number, way: Way, signal: AbortSignal): Promise<Rounds> {
  return enterRounds(1, tasks, way, signal);
}

/** Rounds between threads with a task each. */
export function betweenThreads(way: Way, signal: AbortSignal): Promise<Rounds> {
  return enterRounds(THREADS, 1, way, signal);
}

/** At least as many rounds between threads, and more until an overlap is seen or the time is over. */
export function provoke(way: Way, budget: number, signal: AbortSignal): Promise<Rounds> {
  return enterRounds(THREADS, 1, way, signal, performance.now() + Math.min(PROVOKE_MS, budget));
}

async function enterRounds(
  threads: number,
  tasks: number,
  way: Way,
  signal: AbortSignal,
  deadline = 0,
): Promise<Rounds> {
  const section = openEntries(threads, tasks);
  const overlaps: number[] = [];
  try {
    while (overlaps.length < ROUNDS || (sum(overlaps) === 0 && performance.now() < deadline)) {
      signal.throwIfAborted();
      overlaps.push(await section.run(way, TIMES));
    }
    return { entries: threads * tasks * TIMES * overlaps.length, overlaps };
  } finally {
    await section.close();
  }
}

/** The rounds with and without an overlap. */
export function tallyOf({ overlaps }: Rounds): Tally {
  const seen = overlaps.map((count) => (count > 0 ? OVERLAP : 'one at a time'));
  return tally(seen, { 'one at a time': 'acceptable', [OVERLAP]: 'interesting' });
}

/** Entries, and how many of them found another task inside: never, where `isExclusive`. */
export function entryFigures(
  key: string,
  label: string,
  { entries, overlaps }: Rounds,
  isExclusive: boolean,
): Figure[] {
  const bound = isExclusive ? { most: 0 } : undefined;
  return [
    counted(`${key}-entries`, `${label}: entries`, entries, 'entries'),
    counted(`${key}-overlaps`, `${label}: entered while another was inside`, sum(overlaps), 'times', bound),
  ];
}

/** How the race was provoked. */
export const PROVOKED_NOTE = `Node ${process.version}. Rounds of ${(THREADS * TIMES).toLocaleString('en-US')} entries, until an overlap is seen or ${PROVOKE_MS / 1_000} s are over. Where none is seen, that proves nothing.`;

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
