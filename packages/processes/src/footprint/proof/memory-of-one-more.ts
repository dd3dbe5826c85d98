// What one more thread, process or async task takes of memory.

import { intervals, sampled, shown } from '@cookbook/lab/claim';
import type { Context, Finding } from '@cookbook/lab/claim';
import { table } from '@cookbook/lab/show';
import { KINDS } from '../recipe.ts';
import type { Kind } from '../recipe.ts';
import { openHost } from './hosts.ts';
import { MEASURE } from './memory.ts';
import type { Memory } from './memory.ts';

const COUNTS = [1, 2, 4, 8];
/** One task is lost in the noise of a page of memory. */
const MANY_TASKS = 5_000;
const ROUNDS = 2;

/** What is measured here of memory: 'private memory', or what stands for it where the system does not report it. */
export const MEMORY = MEASURE === 'set' ? 'private memory' : 'resident set';

/** What residents took at each of COUNTS, a list for each round. */
type Growth = readonly (readonly Memory[])[];

/** Memory that residents took: with a compile cache, without one, and that of many async tasks. */
export interface Grown {
  readonly warm: Readonly<Record<Kind, Growth>>;
  readonly cold: Readonly<Record<'thread' | 'process', Growth>>;
  readonly tasks: Growth;
}

/** @param cache a folder whose compile cache is filled */
export async function measureGrowth(cache: string, context: Context): Promise<Grown> {
  return {
    warm: {
      thread: await growth('thread', COUNTS, ROUNDS, context, cache),
      process: await growth('process', COUNTS, ROUNDS, context, cache),
      'async task': await growth('async task', COUNTS, 1, context, cache),
    },
    cold: {
      thread: await growth('thread', COUNTS, 1, context),
      process: await growth('process', COUNTS, 1, context),
    },
    tasks: await growth('async task', [MANY_TASKS], ROUNDS, context, cache),
  };
}

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

/** The memory of one more of each kind, and of a process against a thread. */
export function oneMore(words: string, { warm, tasks }: Grown): Finding {
  const threads = steps(warm.thread);
  const thread = sampled('one-more-thread', `${MEMORY} of one more thread`, threads, 'MiB', { least: 3 });
  return intervals(
    words,
    sampled(
      'process-to-thread',
      `${MEMORY}: process / thread`,
      steps(warm.process).map((step) => step / thread.median),
      'x',
      { least: 1.1, most: MEASURE === 'set' ? 2 : Infinity },
    ),
    thread,
    sampled('one-more-process', `${MEMORY} of one more process`, steps(warm.process), 'MiB', { least: 3 }),
    sampled(
      'one-more-task',
      `${MEMORY} of one more async task`,
      tasks.map(([taken]) => (taken!.private * 1_024) / MANY_TASKS),
      'KiB',
      { most: 8 },
    ),
  );
}

/** The same by other measures, which are only shown. */
export function otherMeasures({ warm, cold }: Grown): Finding {
  const proportional = (): number[] => steps(warm.process, 'proportional');
  return shown(
    '',
    ...(MEASURE === 'set'
      ? [sampled('proportional-of-process', 'proportional set of one more process', proportional(), 'MiB')]
      : []),
    sampled('thread-without-cache', `${MEMORY} of one more thread, no compile cache`, steps(cold.thread), 'MiB'),
    sampled('process-without-cache', `${MEMORY} of one more process, no compile cache`, steps(cold.process), 'MiB'),
  );
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

/** How memory is measured here, and a table of what 1 to 8 took. */
export function describeGrowth({ warm }: Grown): string[] {
  const rows = COUNTS.map((count, index) => ({
    'of each': String(count),
    ...Object.fromEntries(KINDS.map((kind) => [`${kind}, MiB`, warm[kind][0]![index]!.private.toFixed(2)])),
  }));
  return [
    MEASURE === 'set'
      ? 'Memory beyond that of the empty host: private pages, as the system counts them.'
      : 'This system reports resident sets only: pages that processes share are counted for each of them.',
    'Without a compile cache each one loads what turns TypeScript into JavaScript; with one, neither.',
    `\n${table(rows, ['of each', ...KINDS.map((kind) => `${kind}, MiB`)])}`,
  ];
}
