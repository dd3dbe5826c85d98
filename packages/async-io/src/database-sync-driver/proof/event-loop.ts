// What a query does to the event loop of the thread that asks, by the driver.

import { allHold, counted, counts, intervals, judgeIntervals, median, sampled } from '@cookbook/lab/claim';
import type { Context, Figure, Finding, Judgement } from '@cookbook/lab/claim';
import { measureEventLoopDelay, unlessBusy, watchLoad } from '@cookbook/lab/host';
import type { ClientConfig } from 'pg';
import { openPool } from '@cookbook/lab/postgres';
import { sumInline, sumInPostgres, sumInWorker } from './sum.ts';

const QUERY_MS = 150;
const ROUNDS = 3;
/** A stopped loop shows the whole of the query... */
const STOPPED = 0.9;
/** ...a live one a small part of it, even where neighbours keep this thread from its core for a while. */
const LIVE = 0.4;
/** What waits for another thread or process computes next to nothing itself; to start a worker takes some. */
const MOST_OWN = 0.5;

const DRIVERS = ['sqlite', 'worker', 'pg'] as const;
type Driver = (typeof DRIVERS)[number];
const NAMES: Readonly<Record<Driver, string>> = {
  sqlite: 'node:sqlite',
  worker: 'node:sqlite in a worker',
  pg: 'pg',
};

interface Stop {
  /** The longest stop of the event loop, and the time of the query, ms. */
  readonly max: number;
  readonly wall: number;
  /** CPU time of the thread that asked, ms. */
  readonly own: number;
  readonly isRight: boolean;
}

export interface Stops {
  readonly stops: Readonly<Record<Driver, readonly Stop[]>>;
  /** Share of all cores' time that was busy meanwhile, from 0 to 1. */
  readonly load: number | undefined;
}

/** Asks each driver for the same sum, in turns. */
export async function watchLoop(connection: ClientConfig, { signal, screen }: Context): Promise<Stops> {
  const loadSince = watchLoad();
  const pool = await openPool(connection, 1);
  try {
    const last = rowsThatTake(QUERY_MS);
    const ask: Record<Driver, () => number | Promise<number>> = {
      sqlite: () => sumInline(last),
      worker: () => sumInWorker(last),
      pg: () => sumInPostgres(pool, last),
    };
    const stops: Record<Driver, Stop[]> = { sqlite: [], worker: [], pg: [] };
    for (let round = 0; round < ROUNDS; round++) {
      for (const driver of DRIVERS) {
        signal.throwIfAborted();
        screen.draw(`… database-sync-driver: ${NAMES[driver]}, round ${round + 1} of ${ROUNDS}`);
        const cpuAtStart = process.threadCpuUsage();
        const { result, max, wall } = await measureEventLoopDelay(ask[driver]);
        const { user, system } = process.threadCpuUsage(cpuAtStart);
        stops[driver].push({ max, wall, own: (user + system) / 1_000, isRight: result === sumTo(last) });
      }
    }
    return { stops, load: loadSince() };
  } finally {
    await pool.end();
  }
}

/** The longest stop by driver, 'sqlite-stop' and so on, and as a share of the time of the query, 'sqlite-share'. */
export function stopFindings(words: string, { stops, load }: Stops): Finding[] {
  const shares = DRIVERS.map((driver) => {
    const bound = driver === 'sqlite' ? { least: STOPPED } : { most: LIVE };
    const samples = stops[driver].map(({ max, wall }) => max / wall);
    const name = `longest stop of the event loop / time of the query, ${NAMES[driver]}`;
    return sampled(`${driver}-share`, name, samples, 'x', bound);
  });
  const longest = DRIVERS.map((driver) => {
    const samples = stops[driver].map(({ max }) => max);
    return sampled(`${driver}-stop`, `longest stop of the event loop, ${NAMES[driver]}`, samples, 'ms');
  });
  const wrong = DRIVERS.flatMap((driver) => stops[driver].filter(({ isRight }) => !isRight)).length;
  return [
    { figures: [...shares, ...longest], judgement: judgeShares(shares, load), words },
    intervals('', ...ownWork(stops)),
    counts('', counted('wrong-sums', 'queries with a wrong sum', wrong, 'queries', { most: 0 })),
  ];
}

/** CPU time of the thread that asks, of what the sum takes it inline: no other program can change that much. */
function ownWork(stops: Readonly<Record<Driver, readonly Stop[]>>): Figure[] {
  const inline = median(stops.sqlite.map(({ own }) => own));
  return (['worker', 'pg'] as const).map((driver) => {
    const shares = stops[driver].map(({ own }) => own / inline);
    const name = `CPU time of the thread that asks: ${NAMES[driver]} / node:sqlite`;
    return sampled(`${driver}-own`, name, shares, 'x', { most: MOST_OWN });
  });
}

/** A busy host may stop a live loop. It lets no stopped one turn: that is refuted, however busy it is. */
function judgeShares([stopped, ...live]: readonly Figure[], load: number | undefined): Judgement {
  return allHold([judgeIntervals([stopped!]), unlessBusy(judgeIntervals(live), load)]);
}

/** How many rows SQLite sums up in so many ms here. */
function rowsThatTake(ms: number): number {
  const rows = 200_000;
  sumInline(rows / 10);
  const start = performance.now();
  sumInline(rows);
  return Math.ceil((rows * ms) / (performance.now() - start));
}

/** 1 + 2 + ... + last, by Gauss */
function sumTo(last: number): number {
  return (last * (last + 1)) / 2;
}
