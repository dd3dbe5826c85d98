import { setTimeout as pause } from 'node:timers/promises';
import { counted, defineClaim, describeValue, judgeIntervals, sampled } from '@cookbook/lab/claim';
import type { Context, Figure } from '@cookbook/lab/claim';
import { comparePairs, ratioFigure } from '@cookbook/lab/speedup';
import type { Comparison } from '@cookbook/lab/speedup';
import { checkServer, checkServers, readTarget, STATES } from './index.ts';
import { openEveryKind } from './known-servers/every-kind.ts';
import { openHttp } from './known-servers/servers.ts';

const SERVERS = 12;
const WIDTH = 4;
/** ms until a server answers: long beside the millisecond or two that a check costs of itself. */
const DELAY = 25;
/** All but two: what has no route, or swallows a connection, is not on loopback. */
const STATES_ON_LOOPBACK = Object.keys(STATES).length - 2;

/** Half of what each further check at the same time could give at the best, as for threads and processes. */
const leastFor = (width: number): number => 1 + 0.5 * (width - 1);

export default defineClaim({
  id: 'utils/server-status',
  says: 'Ask for the name of a server, and show its status.',
  from: ['RC'],
  answer:
    'Asked all at once, 12 servers take about the time of the slowest, not the sum, and 4 at a time a quarter of it; 12 ways to be down are told apart.',

  async measure(context: Context) {
    const { told, kinds, states } = await tellApart(context.signal);
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
      const speedup = (width: number, comparison: Comparison): Figure =>
        ratioFigure(`speedup of ${width} at a time`, comparison, { least: leastFor(width) });
      return {
        headline: `all ${SERVERS} at once ${describeValue(speedup(SERVERS, all))} as fast as one by one; ${told} of ${kinds} kinds of server told right, in ${states} states`,
        figures: [
          sampled('one by one', all.a, 'ms'),
          sampled(`all ${SERVERS} at once`, all.b, 'ms'),
          speedup(WIDTH, four),
          speedup(SERVERS, all),
          counted(`most at the same time, limit ${WIDTH}`, fourAtOnce, 'checks', { least: WIDTH, most: WIDTH }),
          counted(`most at the same time, limit ${SERVERS}`, allAtOnce, 'checks', { least: SERVERS, most: SERVERS }),
          counted('kinds of server whose state was told right', told, 'kinds', { least: kinds }),
          counted('different states among them, up included', states, 'states', { least: STATES_ON_LOOPBACK }),
        ],
        notes: [
          `${SERVERS} servers on loopback, each of which answers after ${DELAY} ms; one by one is the sum of their delays.`,
        ],
      };
    } finally {
      await slow.close();
    }
  },

  judge: ({ figures }) => judgeIntervals(figures),
});

/** Checks a server of every kind, and counts those whose state is the one that is known. */
async function tellApart(signal: AbortSignal): Promise<{ told: number; kinds: number; states: number }> {
  const every = await openEveryKind();
  const { hosts, ca, resolve } = every;
  try {
    const statuses = await Promise.all(
      hosts.map(({ host, patience }) => checkServer(readTarget(host), { timeout: patience, signal, ca, resolve })),
    );
    const told = statuses.filter(({ state }, index) => state === hosts[index]!.state).length;
    return { told, kinds: hosts.length, states: new Set(statuses.map(({ state }) => state)).size };
  } finally {
    await every.close();
  }
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
    async check(concurrency: number): Promise<number> {
      const start = performance.now();
      const statuses = await checkServers(targets, { concurrency, timeout: 30_000 });
      const took = performance.now() - start;
      const down = statuses.find(({ state }) => state !== 'up');
      if (down) throw new Error(`Expected every server to be up, got '${down.state}' for ${down.target.text}`);
      return took;
    },
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
