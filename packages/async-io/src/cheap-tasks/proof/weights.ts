// The weights of tasks, timers and threads, as figures and as a table.

import os from 'node:os';
import { counted, drawn, formatNumber, sampled } from '@cookbook/lab/claim';
import type { Bound, Figure, Finding, LinePlot } from '@cookbook/lab/claim';
import { asNote, table } from '@cookbook/lab/show';
import { weigh } from './weigh.ts';
import type { Weight } from './weigh-child.ts';

const TASKS = 100_000;
const MANY_TASKS = 1_000_000;
/** What a million tasks may take, with room to spare: a machine that has less free is not to be made to swap. */
const MEMORY_FOR_MANY = 2 * 2 ** 30;
const THREADS = [8, 16, 32, 64];
const MEMORY_FOR_THREADS = 2 ** 30;
const ROUNDS = 3;

export interface Weights {
  /** Rounds of 100,000 tasks. */
  readonly tasks: readonly Weight[];
  /** More threads each time. */
  readonly threads: readonly Weight[];
  readonly timers: Weight;
  /** A million tasks; empty where less than 2 GiB of memory is free. */
  readonly many: readonly Weight[];
}

/** Why so many threads cannot be started here; undefined where they can. */
export function memoryLack(): string | undefined {
  return os.freemem() < MEMORY_FOR_THREADS ? 'less than 1 GiB of memory is free' : undefined;
}

/** Weighs all of them, one after the other. */
export async function weighAll(signal: AbortSignal): Promise<Weights> {
  const tasks: Weight[] = [];
  for (let round = 0; round < ROUNDS; round++) tasks.push(await weigh('task', TASKS, signal));
  const threads: Weight[] = [];
  for (const count of THREADS) threads.push(await weigh('thread', count, signal));
  const timers = await weigh('timer', TASKS, signal);
  const many = os.freemem() < MEMORY_FOR_MANY ? [] : [await weigh('task', MANY_TASKS, signal)];
  return { tasks, threads, timers, many };
}

/** What a thread takes, as a multiple of what a task takes. */
export function ratioOf(of: 'bytes' | 'cpu', key: string, name: string, weights: Weights, bound: Bound): Figure {
  const ratios = weights.threads.flatMap((thread) => weights.tasks.map((task) => thread[of] / task[of]));
  return sampled(key, name, ratios, 'x', bound);
}

export function taskMemory({ tasks }: Weights, bound: Bound): Figure {
  return sampled('task-memory', 'memory of one waiting task', bytesOf(tasks), 'bytes', bound);
}

/** How many waited at once, the least of all rounds: all that were started, or the figure breaks its bound. */
export function waitingFigures({ tasks, many }: Weights): Figure[] {
  return [tasks, many]
    .filter(({ length }) => length > 0)
    .map((rounds) => {
      const { count } = rounds[0]!;
      const waiting = Math.min(...rounds.map((round) => round.waiting));
      const key = count === TASKS ? 'tasks-waiting' : 'many-tasks-waiting';
      return counted(key, `of ${formatNumber(count)} tasks, waiting at once`, waiting, 'tasks', { least: count });
    });
}

/** Each ends with its number, so that the sum shows whether every one ended, and once. */
export function incomplete({ tasks, threads, timers, many }: Weights): Figure {
  const wrong = [...tasks, ...threads, timers, ...many].filter(({ count, sum }) => sum !== (count * (count - 1)) / 2);
  return counted('incomplete', 'runs in which one did not end with its own message', wrong.length, 'runs', { most: 0 });
}

/** The weights that are only shown. */
export function otherFigures({ tasks, threads, timers, many }: Weights): Figure[] {
  const mebibytes = bytesOf(threads).map((bytes) => bytes / 2 ** 20);
  const milliseconds = startsOf(threads).map((us) => us / 1_000);
  return [
    ...many.map(({ bytes }) => counted('many-tasks-memory', 'memory of one of 1,000,000 tasks', bytes, 'bytes')),
    counted('timer-memory', 'memory of one task that waits for a timer', timers.bytes, 'bytes'),
    sampled('thread-memory', 'memory of one waiting thread', mebibytes, 'MiB'),
    sampled('task-start', 'CPU time to start a task', startsOf(tasks), 'us'),
    sampled('thread-start', 'CPU time to start a thread', milliseconds, 'ms'),
  ];
}

/** A table of all, and a curve of the memory that they take together. */
export function drawWeights({ tasks, threads, timers, many }: Weights): Finding {
  const largest = threads.at(-1)!;
  const extrapolated = (largest.bytes * TASKS) / 2 ** 30;
  return drawn({
    notes: [
      asNote(tableOf([tasks[0]!, ...threads, timers, ...many])),
      `Extrapolated from ${largest.count} threads, not measured: ${formatNumber(TASKS)} threads would take ${formatNumber(extrapolated)} GiB.`,
      ...(many.length > 0
        ? []
        : [`A million tasks were left out: less than ${MEMORY_FOR_MANY / 2 ** 30} GiB of memory is free.`]),
      'Growth of the resident set of a process of their own, after a collection of garbage.',
    ],
    plots: [memoryPlot([...tasks.slice(0, 1), ...many], threads)],
  });
}

function bytesOf(weights: readonly Weight[]): number[] {
  return weights.map(({ bytes }) => bytes);
}

/** CPU time to start each, us. */
function startsOf(weights: readonly Weight[]): number[] {
  return weights.map(({ cpu }) => cpu);
}

function tableOf(weights: readonly Weight[]): string[] {
  const rows = weights.map(({ kind, count, bytes, cpu }) => ({
    waiting: `${formatNumber(count)} ${kind === 'timer' ? 'tasks with timers' : `${kind}s`}`,
    'memory, MiB': formatNumber((bytes * count) / 2 ** 20),
    'each, KiB': formatNumber(bytes / 1_024),
    'CPU time to start each, us': formatNumber(cpu),
  }));
  return table(rows, Object.keys(rows[0]!).slice(1)).split('\n');
}

/** All of them together, MiB, by their number. */
function pointsOf(weights: readonly Weight[]): { x: number; y: number }[] {
  return weights.map(({ count, bytes }) => ({ x: count, y: (bytes * count) / 2 ** 20 }));
}

function memoryPlot(tasks: readonly Weight[], threads: readonly Weight[]): LinePlot {
  const last = threads.at(-1)!;
  const line = pointsOf([last, { ...last, count: TASKS }]);
  return {
    kind: 'lines',
    title: 'Memory of what waits',
    x: { label: 'waiting at once', unit: 'count', scale: 'log' },
    y: { label: 'memory', unit: 'MiB', scale: 'log' },
    series: [
      { name: 'async tasks', points: pointsOf(tasks) },
      { name: 'threads', points: pointsOf(threads) },
      { name: 'threads, extrapolated', limit: true, points: line },
    ],
  };
}
