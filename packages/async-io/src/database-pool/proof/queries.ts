// How much faster a pool of connections is than one query after another, and by how many connections.

import { counted, sampled } from '@cookbook/lab/claim';
import type { Context, Figure, LinePlot } from '@cookbook/lab/claim';
import type { ClientConfig } from 'pg';
import { PostgresUnavailable } from '../proof/postgres/index.ts';
import { openPool, watchPool } from './connect.ts';
import { inPool, inSequence, throughLimit } from './recipe.ts';

const QUERIES = 200;
const POOL = 10;
const ROUNDS = 5;
/** Half of what is possible: a busy machine costs some, a queue of one would gain nothing. */
const FAST = POOL / 2;
const SIZES = [1, 2, 4, 8, 16, 32];
/** Queries for each connection of the sweep. */
const EACH = 5;

export interface Queries {
  /** What took how long, the speedup of the pool first. */
  readonly timed: readonly Figure[];
  readonly counts: readonly Figure[];
  /** Median speedup by connections. */
  readonly sweep: readonly { readonly size: number; readonly speedup: number }[];
  readonly plot: LinePlot;
}

/** Rounds of a part of the queries in sequence, all of them in a pool, and all of them through a limit. */
export async function measureQueries(connection: ClientConfig, { signal, screen }: Context): Promise<Queries> {
  const speedups = { pool: [] as number[], limit: [] as number[] };
  const most = { pool: { inFlight: 0, waiting: 0 }, limit: { inFlight: 0, waiting: 0 } };
  const [inSequenceEach, cpu] = [[] as number[], [] as number[]];
  const pool = await openPool(connection, POOL);
  try {
    await inPool(pool, 2 * POOL);
    for (let round = 0; round < ROUNDS; round++) {
      signal.throwIfAborted();
      screen.draw(`… database: ${QUERIES} queries in sequence and in a pool, round ${round + 1} of ${ROUNDS}`);
      const part = QUERIES / ROUNDS;
      inSequenceEach.push((await timed(part, () => inSequence(pool, part))) / part);
      const cpuAtStart = process.cpuUsage();
      const ways = { pool: () => inPool(pool, QUERIES), limit: () => throughLimit(pool, QUERIES, POOL) };
      for (const way of ['pool', 'limit'] as const) {
        const watch = watchPool(pool);
        const wall = await timed(QUERIES, ways[way]);
        const seen = watch.stop();
        most[way].inFlight = Math.max(most[way].inFlight, seen.inFlight);
        most[way].waiting = Math.max(most[way].waiting, seen.waiting);
        speedups[way].push(inSequenceEach.at(-1)! / (wall / QUERIES));
        if (way === 'pool') cpu.push((100 * cpuSince(cpuAtStart)) / wall);
      }
    }
  } finally {
    await pool.end();
  }
  const sweep = await measureSweep(connection, median(inSequenceEach), signal);
  return {
    timed: [
      sampled(`speedup of a pool of ${POOL} connections`, speedups.pool, 'x', { least: FAST }),
      sampled(`speedup through a limit of ${POOL}`, speedups.limit, 'x', { least: FAST }),
      sampled('a query of 10 ms, in sequence', inSequenceEach, 'ms'),
      sampled(`CPU of this process, pool of ${POOL}`, cpu, '%'),
    ],
    counts: [
      counted('most queries under way at once', most.pool.inFlight, 'queries', { least: POOL, most: POOL }),
      counted('the same through the limit', most.limit.inFlight, 'queries', { least: POOL, most: POOL }),
      counted('most queries waiting inside the pool', most.pool.waiting, 'queries', { least: QUERIES - POOL }),
      counted('the same through the limit', most.limit.waiting, 'queries', { most: POOL }),
    ],
    sweep,
    plot: plotOf(sweep),
  };
}

/** @returns ms; @throws where an answer is not the one that was asked for */
async function timed(count: number, work: () => Promise<number[]>): Promise<number> {
  const start = performance.now();
  const answers = await work();
  const wall = performance.now() - start;
  const wrong = answers.findIndex((answer, number) => answer !== number);
  if (wrong >= 0 || answers.length !== count) {
    throw new Error(`Expected ${count} answers, each its own number, got ${answers.length}, the first wrong ${wrong}`);
  }
  return wall;
}

/** Ends early where the server allows no more connections: somebody else's may not. */
async function measureSweep(connection: ClientConfig, each: number, signal: AbortSignal): Promise<Queries['sweep']> {
  const sweep: { size: number; speedup: number }[] = [];
  for (const size of SIZES) {
    signal.throwIfAborted();
    const pool = await openPool(connection, size).catch((error: unknown) => {
      if (error instanceof PostgresUnavailable) return undefined;
      throw error;
    });
    if (pool === undefined) break;
    try {
      await inPool(pool, size);
      const samples: number[] = [];
      for (let round = 0; round < 3; round++) {
        samples.push((each * size * EACH) / (await timed(size * EACH, () => inPool(pool, size * EACH))));
      }
      sweep.push({ size, speedup: median(samples) });
    } finally {
      await pool.end();
    }
  }
  return sweep;
}

function plotOf(sweep: Queries['sweep']): LinePlot {
  const points = sweep.map(({ size, speedup }) => ({ x: size, y: Number(speedup.toFixed(2)) }));
  return {
    kind: 'lines',
    title: 'Queries of 10 ms: speedup by the connections of the pool',
    x: { label: 'connections', unit: 'count', scale: 'log' },
    y: { label: 'speedup', unit: 'x', scale: 'log' },
    series: [
      { name: 'measured', points },
      { name: 'one for each connection', limit: true, points: sweep.map(({ size }) => ({ x: size, y: size })) },
    ],
  };
}

function median(samples: readonly number[]): number {
  return sampled('', samples, '').median;
}

/** ms, user and system, of this process */
function cpuSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}
