import os from 'node:os';
import { counted, defineClaim, formatNumber, judgeIntervals, sampled } from '@cookbook/lab/claim';
import type { Context, Figure, LinePlot } from '@cookbook/lab/claim';
import { asNote, table } from '@cookbook/lab/show';
import type { Weight } from './child.ts';
import { weigh } from './weigh.ts';

const TASKS = 100_000;
const MANY_TASKS = 1_000_000;
/** What a million tasks may take, with room to spare: a machine that has less free is not to be made to swap. */
const MEMORY_FOR_MANY = 2 * 2 ** 30;
const THREADS = [8, 16, 32, 64];
const MEMORY_FOR_THREADS = 2 ** 30;
const ROUNDS = 3;

export default defineClaim({
  id: 'async-io/cheap-tasks',
  says: 'With virtual threads or goroutines a program runs hundreds of thousands of tasks.',
  from: ['MM'],
  answer:
    'So it does with async tasks: 100,000 wait at once for less than 4 KiB each; a thread takes over a thousand times the memory, and the CPU time to start.',
  needs: [() => (os.freemem() < MEMORY_FOR_THREADS ? 'less than 1 GiB of memory is free' : undefined)],

  async measure({ signal }: Context) {
    const tasks: Weight[] = [];
    for (let round = 0; round < ROUNDS; round++) tasks.push(await weigh({ kind: 'task', count: TASKS }, signal));
    const threads: Weight[] = [];
    for (const count of THREADS) threads.push(await weigh({ kind: 'thread', count }, signal));
    const timers = await weigh({ kind: 'timer', count: TASKS }, signal);
    const enough = os.freemem() >= MEMORY_FOR_MANY;
    const many = enough ? [await weigh({ kind: 'task', count: MANY_TASKS }, signal)] : [];
    const all = [...tasks, ...threads, timers, ...many];

    const ratio = (of: 'bytes' | 'cpu'): number[] =>
      threads.flatMap((thread) => tasks.map((task) => thread[of] / task[of]));
    const memory = sampled('memory: one more waiting thread / task', ratio('bytes'), 'x', { least: 1_000 });
    const bytes = sampled('memory of one waiting task', bytesOf(tasks), 'bytes', { most: 4_096 });
    const figures: Figure[] = [
      memory,
      sampled('CPU time to start: thread / task', ratio('cpu'), 'x', { least: 1_000 }),
      bytes,
      waitingFigure(tasks),
      ...many.map((weight) => waitingFigure([weight])),
      counted('tasks and threads that did not end with their own message', all.filter(isIncomplete).length, 'runs', {
        most: 0,
      }),
      ...many.map((weight) => counted(`memory of one of ${formatNumber(MANY_TASKS)} tasks`, weight.bytes, 'bytes')),
      counted('memory of one task that waits for a timer', timers.bytes, 'bytes'),
      sampled(
        'memory of one waiting thread',
        bytesOf(threads).map((each) => each / 2 ** 20),
        'MiB',
      ),
      sampled(
        'CPU time to start a task',
        tasks.map(({ cpu }) => cpu),
        'us',
      ),
      sampled(
        'CPU time to start a thread',
        threads.map(({ cpu }) => cpu / 1_000),
        'ms',
      ),
    ];
    const [largest] = threads.toSorted((a, b) => b.count - a.count);
    const extrapolated = (largest!.bytes * TASKS) / 2 ** 30;
    return {
      figures,
      headline: `${formatNumber(TASKS)} tasks wait for ${formatNumber(bytes.median)} bytes each, a thread for ${formatNumber(memory.median)} times that`,
      notes: [
        asNote(drawWeights(all)),
        `Extrapolated from ${largest!.count} threads, not measured: ${formatNumber(TASKS)} threads would take ${formatNumber(extrapolated)} GiB.`,
        ...(enough
          ? []
          : [`A million tasks were left out: less than ${MEMORY_FOR_MANY / 2 ** 30} GiB of memory is free.`]),
        'Growth of the resident set of a process of their own, after a collection of garbage.',
      ],
      plots: [weightPlot([...tasks.slice(0, 1), ...many], threads)],
    };
  },

  judge: ({ figures }) => judgeIntervals(figures),
});

function bytesOf(weights: readonly Weight[]): number[] {
  return weights.map(({ bytes }) => bytes);
}

function waitingFigure(rounds: readonly Weight[]): Figure {
  const { count } = rounds[0]!;
  const waiting = Math.min(...rounds.map((round) => round.waiting));
  return counted(`of ${formatNumber(count)} tasks, waiting at once`, waiting, 'tasks', { least: count });
}

/** Each was told its number, so that the sum tells that every one was told, and told once. */
function isIncomplete({ count, sum }: Weight): boolean {
  return sum !== (count * (count - 1)) / 2;
}

function drawWeights(weights: readonly Weight[]): string[] {
  const rows = weights
    .filter(({ kind, count }, index, all) => all.findIndex((one) => one.kind === kind && one.count === count) === index)
    .map(({ kind, count, bytes, cpu }) => ({
      waiting: `${formatNumber(count)} ${kind === 'timer' ? 'tasks with timers' : `${kind}s`}`,
      'memory, MiB': formatNumber((bytes * count) / 2 ** 20),
      'each, KiB': formatNumber(bytes / 1_024),
      'CPU time to start each, us': formatNumber(cpu),
    }));
  return table(rows, Object.keys(rows[0]!).slice(1)).split('\n');
}

/** All of them together, MiB. */
function total({ bytes, count }: Weight): number {
  return (bytes * count) / 2 ** 20;
}

function pointsOf(weights: readonly Weight[]): { x: number; y: number }[] {
  return weights.map((weight) => ({ x: weight.count, y: total(weight) }));
}

function weightPlot(tasks: readonly Weight[], threads: readonly Weight[]): LinePlot {
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
