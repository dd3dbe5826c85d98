// The same traffic to a server of each kind, in turn, so that what disturbs the machine disturbs all of them.

import type { Context } from '@cookbook/lab/claim';
import { usableCores, watchLoad } from '@cookbook/lab/host';
import { openExperiment } from './experiment.ts';
import type { Experiment } from './experiment.ts';
import { HANDLERS } from './handlers.ts';
import type { Handler } from './handlers.ts';
import { limitFor } from './calibration.ts';
import { lateness, TOO_LATE } from './latency-figures.ts';
import type { Rounds, Served } from './latency-figures.ts';

const HEAVY_MS = 120;
const ROUNDS = 3;
/** A light request every 4 ms for 720 ms, and three heavy ones that follow one another without meeting. */
const TRAFFIC = {
  lightAt: Array.from({ length: 180 }, (_, number) => 4 * number),
  heavyAt: [30, 270, 510],
};

export interface Measured {
  readonly rounds: Rounds;
  /** Share of all cores' time that was busy, from 0 to 1; undefined where the system does not report it. */
  readonly load: number | undefined;
  /** Threads in the pool. */
  readonly threads: number;
}

export async function measureRounds({ signal, screen }: Context): Promise<Measured> {
  const threads = Math.max(1, usableCores() - 1);
  const experiment = await openExperiment({ limit: limitFor(HEAVY_MS), ms: HEAVY_MS, threads }, signal);
  const loadSince = watchLoad();
  const rounds: Record<Handler, Served[]> = { waiting: [], 'computing in a pool': [], 'computing inline': [] };
  try {
    for (let round = 0; round < ROUNDS; round++) {
      for (const handler of HANDLERS) {
        screen.draw(`… web-server: round ${round + 1} of ${ROUNDS}, heavy requests ${handler}`);
        rounds[handler].push(await inTime(() => measured(experiment, handler)));
      }
    }
  } finally {
    await experiment.close();
    signal.throwIfAborted();
  }
  return { rounds, load: loadSince(), threads };
}

/** A load, and what the thread that answers took of it. */
async function measured(experiment: Experiment, handler: Handler): Promise<Served> {
  const before = await experiment.ownCpu(handler);
  const load = await experiment.run(handler, TRAFFIC);
  return { ...load, own: (await experiment.ownCpu(handler)) - before };
}

/** A load that was sent too late says nothing about the server: it is sent once more. */
async function inTime(send: () => Promise<Served>): Promise<Served> {
  const load = await send();
  return lateness(load) <= TOO_LATE ? load : await send();
}

export function describeTraffic(threads: number): string {
  const pool = threads === 1 ? '1 thread' : `${threads} threads`;
  return `A light request every 4 ms, a heavy one of about ${HEAVY_MS} ms every 240 ms, sent by another process; ${pool} in the pool. A latency counts from the time at which its request was to be sent, on an open loop. Light requests, by percentile:`;
}
