// How much faster slow servers are checked at the same time than one by one, and how many checks are under way at once.

import { setTimeout as pause } from 'node:timers/promises';
import { counted, exactly, sampled } from '@cookbook/lab/claim';
import type { Context, Figure } from '@cookbook/lab/claim';
import { comparePairs, ratioFigure } from '@cookbook/lab/speedup';
import { timed } from '@cookbook/lab/task';
import { checkServers, readTarget } from '../index.ts';
import { openHttp } from '../known-servers/servers.ts';

export const SERVERS = 12;
const WIDTH = 4;
/** ms until a server answers: long beside the millisecond or two that a check costs of itself. */
export const DELAY = 25;

interface Widths {
  readonly speedups: readonly Figure[];
  readonly atOnce: readonly Figure[];
  readonly times: readonly Figure[];
}

/** All servers one by one, four at a time and all at once. */
export async function compareWidths(context: Context): Promise<Widths> {
  const slow = await openSlowServers();
  try {
    const pairs = { context, pairs: [6, 12] as const, precision: 0.1 };
    const four = await comparePairs(
      () => slow.check(1),
      () => slow.check(WIDTH),
      pairs,
    );
    const fourAtOnce = slow.takeHighest();
    const all = await comparePairs(
      () => slow.check(1),
      () => slow.check(SERVERS),
      pairs,
    );
    const allAtOnce = slow.takeHighest();
    return {
      speedups: [
        ratioFigure('four-speedup', `speedup of ${WIDTH} at a time`, four, leastFor(WIDTH)),
        ratioFigure('all-speedup', `speedup of ${SERVERS} at a time`, all, leastFor(SERVERS)),
      ],
      atOnce: [
        counted('four-at-once', `most at the same time, limit ${WIDTH}`, fourAtOnce, 'checks', exactly(WIDTH)),
        counted('all-at-once', `most at the same time, limit ${SERVERS}`, allAtOnce, 'checks', exactly(SERVERS)),
      ],
      times: [
        sampled('one-by-one', 'one by one', all.a, 'ms'),
        sampled('all-together', `all ${SERVERS} at once`, all.b, 'ms'),
      ],
    };
  } finally {
    await slow.close();
  }
}

/** Half of what each further check at the same time could give at the best, as for threads and processes. */
function leastFor(width: number): { least: number } {
  return { least: 1 + 0.5 * (width - 1) };
}

/** Servers that answer late, and count how many of them are at it at the same time. */
async function openSlowServers() {
  let [running, highest] = [0, 0];
  const servers = await Promise.all(
    Array.from({ length: SERVERS }, () =>
      openHttp(async (_, answer) => {
        running += 1;
        highest = Math.max(highest, running);
        await pause(DELAY);
        running -= 1;
        answer.end();
      }),
    ),
  );
  const targets = servers.map(({ port }) => readTarget(`http://127.0.0.1:${port}`));
  return {
    /** ms that it takes to check all of them. */
    check: (concurrency: number): Promise<number> =>
      timed(async () => {
        const statuses = await checkServers(targets, { concurrency, timeout: 30_000 });
        const down = statuses.find(({ state }) => state !== 'up');
        if (down) throw new Error(`Expected every server to be up, got '${down.state}' for ${down.target.text}`);
      }),
    takeHighest(): number {
      const taken = highest;
      highest = 0;
      return taken;
    },
    async close(): Promise<void> {
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}
