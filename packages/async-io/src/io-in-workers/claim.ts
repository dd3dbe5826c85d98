import {
  allHold,
  counted,
  defineClaim,
  formatNumber,
  judgeAtOnce,
  judgeBounds,
  judgeIntervals,
  sampled,
} from '@cookbook/lab/claim';
import type { Context, Evidence, Figure } from '@cookbook/lab/claim';
import { comparePairs, ratioFigure } from '@cookbook/lab/speedup';
import { openServer } from '../proof/server/index.ts';
import type { Asked } from './proof/requests-child.ts';
import { openHost } from './proof/host.ts';
import type { Host } from './proof/host.ts';

const AT_ONCE = 16;
const DELAY_MS = 40;
const REQUESTS = 3 * AT_ONCE;

interface WorkersEvidence extends Evidence {
  readonly atOnce: readonly Figure[];
  readonly counts: readonly Figure[];
  readonly ratio: Figure;
}

export default defineClaim<WorkersEvidence>({
  id: 'async-io/io-in-workers',
  says: 'Threads are for I/O-bound work.',
  from: ['RC', 'MM', 'QA'],
  answer: `Not in Node.js: ${AT_ONCE} requests at a time take as long from ${AT_ONCE} threads as from one, and each thread takes more than 2 MiB for it.`,

  async measure(context: Context) {
    const { signal } = context;
    const server = await openServer({ delay: DELAY_MS }, signal);
    const hosts = { tasks: openHost('tasks', AT_ONCE, signal), threads: openHost('threads', AT_ONCE, signal) };
    const order = { origin: server.origin, requests: REQUESTS };
    const asked: Record<keyof typeof hosts, Asked[]> = { tasks: [], threads: [] };
    const run = (how: keyof typeof hosts) => async (): Promise<number> => {
      const answer = await hosts[how].ask(order);
      asked[how].push(answer);
      return answer.wall;
    };
    try {
      for (const host of Object.values(hosts)) await host.ask(order); // threads are there, connections are made
      const most = { tasks: await mostInFlight(hosts.tasks), threads: await mostInFlight(hosts.threads) };
      const pairs = await comparePairs(run('tasks'), run('threads'), { context, pairs: [8, 16], precision: 0.08 });

      const ratio = ratioFigure('time: async tasks on one thread / threads', pairs, { most: 1.3 });
      const perThread = asked.threads.map(({ grown }, index) => (grown - asked.tasks[index]!.grown) / AT_ONCE);
      const memory = sampled('memory for one more thread', perThread, 'MiB', { least: 2 });
      const all = [...asked.tasks, ...asked.threads];
      const atOnce = [
        counted('async tasks: most requests in flight at the server', most.tasks, 'requests', exactly(AT_ONCE)),
        counted('threads: most requests in flight at the server', most.threads, 'requests', exactly(AT_ONCE)),
      ];
      const counts = [
        counted('runs that had every document right', all.filter(({ right }) => right === REQUESTS).length, 'runs', {
          least: all.length,
        }),
      ];
      return {
        atOnce,
        counts,
        ratio,
        headline: `${AT_ONCE} at a time: async takes ${formatNumber(ratio.median)}x the time of ${AT_ONCE} threads, which take ${formatNumber(memory.median * AT_ONCE)} MiB more`,
        figures: [
          ratio,
          memory,
          ...atOnce,
          ...counts,
          sampled(
            'memory for all async tasks',
            asked.tasks.map(({ grown }) => grown),
            'MiB',
          ),
          sampled(
            'memory for all threads',
            asked.threads.map(({ grown }) => grown),
            'MiB',
          ),
          sampled(
            'CPU time: async tasks / threads',
            asked.tasks.map(({ cpu }, index) => cpu / asked.threads[index]!.cpu),
            'x',
          ),
        ],
        notes: [
          `${REQUESTS} requests of ${DELAY_MS} ms, ${AT_ONCE} at a time; threads that were started and connected before. Memory: growth of the resident set of a process of their own. A thread loads anew what this recipe needs, undici and what strips the types of TypeScript included.`,
        ],
      };
    } finally {
      await Promise.all([hosts.tasks.close(), hosts.threads.close(), server.close()]);
    }

    /** Long enough for each of the threads to have had a core meanwhile, on a busy host too. */
    async function mostInFlight(host: Host): Promise<number> {
      await server.reset({ delay: 10 * DELAY_MS });
      await host.ask({ ...order, requests: AT_ONCE });
      const { mostInFlight: most } = await server.counts();
      await server.reset({ delay: DELAY_MS });
      return most;
    }
  },

  judge: ({ atOnce, counts, ratio, figures }) => {
    const memory = figures.filter(({ name }) => name === 'memory for one more thread');
    return allHold([...atOnce.map(judgeAtOnce), judgeBounds({ figures: counts }), judgeIntervals([ratio, ...memory])]);
  },
});

function exactly(count: number) {
  return { least: count, most: count };
}
