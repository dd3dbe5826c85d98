import { allHold, counted, defineClaim, judgeBounds, judgeIntervals } from '@cookbook/lab/claim';
import type { Context, Evidence, Figure, Judgement } from '@cookbook/lab/claim';
import { unlessBusy, usableCores, watchLoad } from '@cookbook/lab/host';
import { calibrate } from '@cookbook/lab/task';
import { openExperiment } from './proof/experiment.ts';
import { delayFigures, drawLatencies, headlineOf, latencyFigures, lateness, plotsOf, TOO_LATE } from './proof/latency-figures.ts';
import type { Rounds } from './proof/latency-figures.ts';
import type { Load } from './proof/open-loop-load.ts';
import { WAYS } from './recipe.ts';
import type { Way } from './recipe.ts';

const HEAVY_MS = 120;
const ROUNDS = 3;
/** A light request every 4 ms for 720 ms, and three heavy ones that follow one another without meeting. */
const TRAFFIC = {
  lightAt: Array.from({ length: 180 }, (_, number) => 4 * number),
  heavyAt: [30, 270, 510],
};

interface ServerEvidence extends Evidence {
  readonly delays: readonly Figure[];
  readonly counts: readonly Figure[];
  /** How late the load was sent in the worst round, as a share of the handler's time. */
  readonly late: number;
  /** Share of all cores' time that was busy, from 0 to 1. */
  readonly load: number | undefined;
}

export default defineClaim<ServerEvidence>({
  id: 'async-io/web-server',
  says: 'A threaded server serves many clients without blocking the others.',
  from: ['QA'],
  answer:
    'One thread does too while its handlers wait: p99 of light requests stays under 0.4 of the time of a heavy one. A handler that computes delays everybody, p99 by at least 0.6 of its time; moved to a pool of threads it does not.',

  async measure(context: Context) {
    const threads = Math.max(1, usableCores() - 1);
    const experiment = await openExperiment(
      { unit: calibrate('primes', HEAVY_MS), ms: HEAVY_MS, threads },
      context.signal,
    );
    const loadSince = watchLoad();
    const rounds: Record<Way, Load[]> = { waiting: [], 'computing in a pool': [], 'computing inline': [] };
    try {
      for (let round = 0; round < ROUNDS; round++) {
        for (const way of WAYS) {
          context.screen.draw(`… web-server: round ${round + 1} of ${ROUNDS}, heavy requests ${way}`);
          rounds[way].push(await inTime(() => experiment.run(way, TRAFFIC)));
        }
      }
    } finally {
      await experiment.close();
      context.signal.throwIfAborted();
    }
    return describe(rounds, loadSince(), threads, context.screen.columns);
  },

  judge: ({ delays, counts, late, load }) =>
    allHold([judgeBounds({ figures: counts }), judgeDelays(delays, late, load)]),
});

/** A load that was sent too late says nothing about the server: it is sent once more. */
async function inTime(send: () => Promise<Load>): Promise<Load> {
  const load = await send();
  return lateness(load) <= TOO_LATE ? load : await send();
}

function judgeDelays(delays: readonly Figure[], late: number, load: number | undefined): Judgement {
  if (late <= TOO_LATE) return unlessBusy(judgeIntervals(delays), load);
  const reason = `the load itself was sent late, by ${late.toFixed(2)} of the handler's time: it had to wait for a core`;
  return { verdict: 'inconclusive', reason };
}

function describe(rounds: Rounds, load: number | undefined, threads: number, columns: number): ServerEvidence {
  const all = WAYS.flatMap((way) => rounds[way]);
  const asked = all.length * (TRAFFIC.lightAt.length + TRAFFIC.heavyAt.length);
  const answered = all.reduce((sum, { light, handlers }) => sum + light.length + handlers.length, 0);
  const delays = delayFigures(rounds);
  const late = Math.max(...all.map(lateness));
  const counts = [counted(`requests without their answer, of ${asked}`, asked - answered, 'requests', { most: 0 })];
  return {
    delays,
    counts,
    late,
    load,
    headline: headlineOf(rounds),
    figures: [
      ...delays,
      ...counts,
      ...latencyFigures(rounds),
      counted('load sent late, p99 / time of the handler, the worst round', late, 'x', { most: TOO_LATE }),
    ],
    notes: [
      `A light request every 4 ms, a heavy one of about ${HEAVY_MS} ms every 240 ms, sent by another process; ${threads} ${threads === 1 ? 'thread' : 'threads'} in the pool. Latency counts from the time at which a request was to be sent, on an open loop. Light requests, by percentile:`,
      drawLatencies(rounds, columns),
    ],
    plots: plotsOf(rounds),
  };
}
