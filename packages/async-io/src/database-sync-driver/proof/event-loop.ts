// What a query does to the event loop of the thread that asks, by the driver.

import { sampled } from '@cookbook/lab/claim';
import type { Context, Figure } from '@cookbook/lab/claim';
import { measureEventLoopDelay } from '@cookbook/lab/host';
import type { ClientConfig } from 'pg';
import { openPool } from './connect.ts';
import { sumInline, sumInPostgres, sumInWorker } from './sum.ts';

const QUERY_MS = 150;
const ROUNDS = 3;
/** A stopped loop shows the whole of the query... */
const STOPPED = 0.9;
/** ...a live one a small part of it, even where neighbours keep this thread from its core for a while. */
const LIVE = 0.4;

const DRIVERS = ['node:sqlite', 'node:sqlite in a worker', 'pg'] as const;
type Driver = (typeof DRIVERS)[number];

export interface Blocking {
  /** The longest stop of the event loop / the time of the query; bounded. */
  readonly shares: readonly Figure[];
  /** The same stop in ms. */
  readonly stops: Readonly<Record<Driver, Figure>>;
}

/** Asks each driver for the same sum, in turns. */
export async function measureBlocking(connection: ClientConfig, { signal, screen }: Context): Promise<Blocking> {
  const pool = await openPool(connection, 1);
  try {
    const last = rowsThatTake(QUERY_MS);
    const ask: Record<Driver, () => number | Promise<number>> = {
      'node:sqlite': () => sumInline(last),
      'node:sqlite in a worker': () => sumInWorker(last),
      pg: () => sumInPostgres(pool, last),
    };
    const seen = new Map(DRIVERS.map((driver) => [driver, [] as { max: number; share: number }[]]));
    for (let round = 0; round < ROUNDS; round++) {
      for (const [driver, samples] of seen) {
        signal.throwIfAborted();
        screen.draw(`… database: who stops the event loop? ${driver}`);
        const { result, max, wall } = await measureEventLoopDelay(ask[driver]);
        checkSum(result, last);
        samples.push({ max, share: max / wall });
      }
    }
    const figures = [...seen].map(([driver, samples]) => {
      const bound = driver === 'node:sqlite' ? { least: STOPPED } : { most: LIVE };
      const shares = samples.map(({ share }) => share);
      const stops = samples.map(({ max }) => max);
      return {
        driver,
        share: sampled(`longest stop of the event loop / time of the query, ${driver}`, shares, 'x', bound),
        stop: sampled(`longest stop of the event loop, ${driver}`, stops, 'ms'),
      };
    });
    return {
      shares: figures.map(({ share }) => share),
      stops: Object.fromEntries(figures.map(({ driver, stop }) => [driver, stop])) as Blocking['stops'],
    };
  } finally {
    await pool.end();
  }
}

/** How many rows SQLite sums up in so many ms here. */
function rowsThatTake(ms: number): number {
  const rows = 200_000;
  sumInline(rows / 10);
  const start = performance.now();
  checkSum(sumInline(rows), rows);
  return Math.ceil((rows * ms) / (performance.now() - start));
}

/** @throws Error where the sum is not that of Gauss */
function checkSum(sum: number, last: number): void {
  const expected = (last * (last + 1)) / 2;
  if (sum !== expected) throw new Error(`Expected the sum of 1 to ${last} to be ${expected}, got ${sum}`);
}
