// What a server under load is measured by: who answers, what is lost, and how much faster several workers are than one.

import { counted, counts, exactly, formatNumber, shown } from '@cookbook/lab/claim';
import type { Context, Finding } from '@cookbook/lab/claim';
import { usableCores } from '@cookbook/lab/host';
import { asNote, table } from '@cookbook/lab/show';
import { measureParallel, parallel } from '@cookbook/lab/speedup';
import { calibrate } from '@cookbook/lab/task';
import { serverLanes } from './connection-lanes.ts';
import type { LoadResult } from './load-child.ts';
import { TIMED_OUT } from './request.ts';
import { killOne, serveUndisturbed } from './restarts-and-kills.ts';
import type { Episode, Traffic } from './restarts-and-kills.ts';

/** CPU time of a request under load, ms. */
const REQUEST_MS = 8;

/** An episode and what the server was that it happened to. */
export interface Seen extends Episode {
  readonly server: string;
}

/** As many workers as cores, two on a single core, and four connections to each. */
export function trafficOfThisHost(): Traffic {
  const workers = Math.max(2, usableCores());
  return { workers, connections: 4 * workers, unit: calibrate('primes', REQUEST_MS) };
}

/** Runs an episode, and draws what it is about meanwhile. */
export async function watch(
  server: string,
  { screen, signal }: Context,
  happen: () => Promise<Episode>,
): Promise<Seen> {
  signal.throwIfAborted();
  screen.draw(`… a server under load: ${server}`);
  return { server, ...(await happen()) };
}

/** So many workers against one. */
export async function faster(words: string, workers: number, context: Context): Promise<Finding> {
  context.screen.draw(`… web-server-cores: how much faster are ${workers} workers than one?`);
  const speedup = await measureParallel({ open: serverLanes, lanes: workers, context });
  return parallel('workers', `${workers} workers`, speedup, words);
}

/** A server of one worker, one of several, and one of which a worker is killed. */
export interface Episodes {
  readonly workers: number;
  readonly one: Seen;
  readonly many: Seen;
  readonly killed: Seen;
}

export async function runEpisodes(context: Context): Promise<Episodes> {
  const traffic = trafficOfThisHost();
  const { workers } = traffic;
  return {
    workers,
    one: await watch('1 worker', context, () => serveUndisturbed({ ...traffic, workers: 1 })),
    many: await watch(`${workers} workers`, context, () => serveUndisturbed(traffic)),
    killed: await watch(`${workers}, one killed`, context, () => killOne(traffic)),
  };
}

export function allAnswer(words: string, { workers, many: { load } }: Episodes): Finding {
  const answering = Object.keys(load.byPid).length;
  return counts(
    words,
    counted('workers-that-answer', 'workers that answered under load', answering, 'workers', { least: workers }),
    counted('lost-under-load', 'requests lost under load', load.failed.length, 'requests', { most: 0 }),
  );
}

export function replaced(words: string, { killed: { load, lostElsewhere, replacements } }: Episodes): Finding {
  const timedOut = load.failed.filter(({ reason }) => reason === TIMED_OUT).length;
  return counts(
    words,
    counted('lost-at-others', 'a worker killed: requests lost at other workers', lostElsewhere, 'requests', {
      most: 0,
    }),
    counted(
      'lost-at-the-killed',
      'a worker killed: requests lost at it',
      load.failed.length - lostElsewhere,
      'requests',
    ),
    counted('timed-out', 'of those, on their way to it, and never answered', timedOut, 'requests'),
    counted('replacements', 'a worker killed: workers that listen in its place', replacements, 'workers', exactly(1)),
  );
}

/** The load runs on the same cores, so its rates are shown, and not judged. */
export function rates({ workers, one: { load: one }, many: { load: many } }: Episodes): Finding {
  return shown(
    '',
    counted('rate', `requests a second, ${workers} workers / 1`, perSecond(many) / perSecond(one), 'x'),
    counted(
      'rate-of-cpu',
      `requests a second of CPU time, ${workers} workers / 1`,
      perCpuSecond(many) / perCpuSecond(one),
      'x',
    ),
  );
}

function perSecond({ answered, wall }: LoadResult): number {
  return (1_000 * answered) / wall;
}

function perCpuSecond({ answered, cpu }: LoadResult): number {
  return (1_000 * answered) / cpu;
}

/** Says how the load was made, and draws what each server did under it. */
export function describeLoads(seen: readonly Seen[]): string[] {
  const rows = seen.map(({ server, load }) => ({
    'load on': server,
    requests: formatNumber(load.answered),
    lost: formatNumber(load.failed.length),
    'a second': formatNumber(perSecond(load)),
    'a second of CPU': formatNumber(perCpuSecond(load)),
    'cores busy': formatNumber(load.cpu / load.wall),
    'p50 ms': formatNumber(load.median),
    'p99 ms': formatNumber(load.p99),
  }));
  const { connections } = trafficOfThisHost();
  return [
    `Under load ${connections} connections each send the next request when the one before is answered; a request takes about ${REQUEST_MS} ms of CPU time. The load runs on the same cores, so its rates are shown and not judged:`,
    asNote(table(rows, Object.keys(rows[0]!).slice(1)).split('\n')),
  ];
}
