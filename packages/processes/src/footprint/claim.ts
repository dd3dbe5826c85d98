import { defineClaim, formatNumber, judgeIntervals, sampled } from '@cookbook/lab/claim';
import type { Context, Evidence, Figure } from '@cookbook/lab/claim';
import { withFolder } from '@cookbook/lab/cleanup';
import { table } from '@cookbook/lab/show';
import { comparePairs, ratioFigure } from '@cookbook/lab/speedup';
import { openHost } from './hosts.ts';
import { MEASURE } from './memory.ts';
import type { Memory } from './memory.ts';
import { KINDS } from './recipe.ts';
import type { Kind } from './recipe.ts';

const COUNTS = [1, 2, 4, 8];
/** One task is lost in the noise of a page of memory. */
const MANY_TASKS = 5_000;
const ROUNDS = 2;

const PRIVATE = MEASURE === 'set' ? 'private memory' : 'resident set';

/** What residents took at each of COUNTS, a list for each round. */
type Growth = readonly (readonly Memory[])[];

export default defineClaim<Evidence>({
  id: 'processes/footprint',
  says: 'Processes need more memory; threads are lightweight.',
  from: ['QA'],
  answer:
    'A process takes more memory and time to start than a thread, yet not even twice the memory of its own; a thread takes megabytes, an async task a few KiB. A compile cache saves much of both.',

  measure: (context: Context) =>
    withFolder('footprint', async (cache) => {
      const start = await compareStarts(cache, context);
      const warm = {
        thread: await growth('thread', COUNTS, ROUNDS, context, cache),
        process: await growth('process', COUNTS, ROUNDS, context, cache),
        'async task': await growth('async task', COUNTS, 1, context, cache),
      };
      const cold = {
        thread: await growth('thread', COUNTS, 1, context),
        process: await growth('process', COUNTS, 1, context),
      };
      const tasks = await growth('async task', [MANY_TASKS], ROUNDS, context, cache);

      const more = {
        thread: sampled(`${PRIVATE} of one more thread`, steps(warm.thread), 'MiB', { least: 1 }),
        process: sampled(`${PRIVATE} of one more process`, steps(warm.process), 'MiB', { least: 1 }),
        task: sampled(
          `${PRIVATE} of one more async task`,
          tasks.map(([taken]) => (taken!.private * 1_024) / MANY_TASKS),
          'KiB',
          { most: 100 },
        ),
      };
      const ratio = sampled(
        `${PRIVATE}: process / thread`,
        steps(warm.process).map((step) => step / more.thread.median),
        'x',
        { least: 1.1, most: MEASURE === 'set' ? 2 : Infinity },
      );
      return {
        headline: `one more thread ${formatNumber(more.thread.median)} MiB, process ${formatNumber(more.process.median)} MiB, async task ${formatNumber(more.task.median)} KiB; first message after ${start.headline} ms`,
        figures: [
          ratio,
          ...Object.values(more),
          ...(MEASURE === 'set'
            ? [sampled('proportional set of one more process', steps(warm.process, 'proportional'), 'MiB')]
            : []),
          sampled(`${PRIVATE} of one more thread, no compile cache`, steps(cold.thread), 'MiB'),
          sampled(`${PRIVATE} of one more process, no compile cache`, steps(cold.process), 'MiB'),
          ...start.figures,
        ],
        notes: [
          MEASURE === 'set'
            ? 'Memory beyond that of the empty host: private pages, as the system counts them.'
            : 'This system tells resident sets only: pages that processes share are counted for each of them.',
          'Without a compile cache each one loads what turns TypeScript into JavaScript; with one, neither.',
          `\n${drawGrowth(warm)}`,
        ],
      };
    }),

  judge: ({ figures }) => judgeIntervals(figures),
});

/** A fresh host for each round: the growth of one leaves holes that the next would fill. */
async function growth(kind: Kind, counts: readonly number[], rounds: number, { signal }: Context, cache?: string) {
  const taken: Memory[][] = [];
  for (let round = 0; round < rounds; round++) {
    signal.throwIfAborted();
    const host = await openHost(cache);
    try {
      taken.push(await host.ask<Memory[]>({ grow: kind, counts }));
    } finally {
      await host.close();
    }
  }
  return taken;
}

/** What each further one took, MiB, from count to count. */
function steps(rounds: Growth, which: keyof Memory = 'private'): number[] {
  return rounds.flatMap((taken) =>
    taken.map((memory, index) => {
      const [before, count] = index === 0 ? [0, 0] : [taken[index - 1]![which], COUNTS[index - 1]!];
      return (memory[which] - before) / (COUNTS[index]! - count);
    }),
  );
}

/** Start-up to the first message: process against thread, and with a warm cache against none. */
async function compareStarts(cache: string, context: Context): Promise<{ headline: string; figures: Figure[] }> {
  const cold = await openHost();
  const warm = await openHost(cache);
  const start = (host: typeof cold, kind: Kind) => (): Promise<number> => host.ask<number>({ time: kind });
  try {
    await start(warm, 'thread')(); // fills the cache
    await start(warm, 'process')();
    const options = { context, pairs: [6, 9] as const, precision: 0.15 };
    const kinds = await comparePairs(start(warm, 'process'), start(warm, 'thread'), options);
    const threads = await comparePairs(start(warm, 'thread'), start(cold, 'thread'), options);
    const processes = await comparePairs(start(warm, 'process'), start(cold, 'process'), options);
    const task = await comparePairs(start(warm, 'async task'), start(warm, 'async task'), options);
    const times = [
      sampled('first message of a thread', kinds.b, 'ms'),
      sampled('first message of a process', kinds.a, 'ms'),
      sampled('first message of an async task', task.a, 'ms', { most: 1 }),
    ];
    return {
      headline: times.map(({ median }) => formatNumber(median)).join(', '),
      figures: [
        ratioFigure('first message: process / thread', kinds, { least: 1.2 }),
        ratioFigure('first message of a thread: warm compile cache / none', threads, { most: 0.9 }),
        ratioFigure('first message of a process: warm compile cache / none', processes, { most: 0.9 }),
        ...times,
        sampled('first message of a thread, no compile cache', threads.b, 'ms'),
        sampled('first message of a process, no compile cache', processes.b, 'ms'),
      ],
    };
  } finally {
    await Promise.all([cold.close(), warm.close()]);
  }
}

function drawGrowth(warm: Readonly<Record<Kind, Growth>>): string {
  const rows = COUNTS.map((count, index) => ({
    'of each': String(count),
    ...Object.fromEntries(KINDS.map((kind) => [`${kind}, MiB`, warm[kind][0]![index]!.private.toFixed(2)])),
  }));
  return table(rows, ['of each', ...KINDS.map((kind) => `${kind}, MiB`)]);
}
