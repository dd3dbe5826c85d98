// How much faster a pool of connections is than one query after another, and by how many connections.

import { counted, counts, exactly, judgeIntervals, median, sampled, shown } from '@cookbook/lab/claim';
import type { Context, Finding, LinePlot } from '@cookbook/lab/claim';
import { unlessBusy, watchLoad } from '@cookbook/lab/host';
import { asNote, logChart } from '@cookbook/lab/show';
import type { ClientConfig, QueryConfig, QueryResult } from 'pg';
import { openPool, PostgresUnavailable, watchPool } from '@cookbook/lab/postgres';
import { inPool, inSequence, throughLimit } from '../recipe.ts';

const QUERIES = 200;
const POOL = 10;
const ROUNDS = 5;
/** Of the ten that are possible: a busy machine costs some, a queue of one would gain nothing. */
const FAST = 0.7 * POOL;
const SIZES = [1, 2, 4, 8, 16, 32];
/** Queries for each connection of the sweep. */
const EACH = 5;

/** Speedup by the connections of the pool. */
type Sweep = readonly { readonly size: number; readonly speedup: number }[];

export interface Queries {
  /** Speedups of rounds, through the pool alone and through a limit in front of it. */
  readonly speedups: Readonly<Record<'pool' | 'limit', readonly number[]>>;
  /** The most queries that were under way, and that waited inside the pool. */
  readonly most: Readonly<Record<'pool' | 'limit', { readonly inFlight: number; readonly waiting: number }>>;
  /** The most that were under way in sequence. */
  readonly inSequenceMost: number;
  /** ms of a query in sequence, and the CPU of this process while the pool was busy, %. */
  readonly each: readonly number[];
  readonly cpu: readonly number[];
  readonly sweep: Sweep;
  /** Share of all cores' time that was busy meanwhile, from 0 to 1. */
  readonly load: number | undefined;
}

/** Queries that answer their number after 10 ms: they wait for the database and cost it next to nothing. */
export function waitingQueries(count: number): QueryConfig[] {
  const text = 'select $1::integer as number from pg_sleep(0.01)';
  return Array.from({ length: count }, (_, number) => ({ text, values: [number] }));
}

/** What they answered. */
export function numbersOf(results: readonly QueryResult<{ number: number }>[]): number[] {
  return results.map(({ rows }) => rows[0]!.number);
}

/** Rounds of a part of the queries in sequence, all of them in a pool, and all of them through a limit. */
export async function measureQueries(connection: ClientConfig, { signal, screen }: Context): Promise<Queries> {
  const speedups = { pool: [] as number[], limit: [] as number[] };
  const most = { pool: { inFlight: 0, waiting: 0 }, limit: { inFlight: 0, waiting: 0 } };
  const [each, cpu] = [[] as number[], [] as number[]];
  let inSequenceMost = 0;
  const queries = waitingQueries(QUERIES);
  const loadSince = watchLoad();
  const pool = await openPool(connection, POOL);
  try {
    await inPool(pool, waitingQueries(2 * POOL));
    for (let round = 0; round < ROUNDS; round++) {
      signal.throwIfAborted();
      screen.draw(`… database-pool: ${QUERIES} queries in sequence and in a pool, round ${round + 1} of ${ROUNDS}`);
      const part = waitingQueries(QUERIES / ROUNDS);
      const alone = watchPool(pool);
      each.push((await timeOf(part.length, () => inSequence(pool, part))) / part.length);
      inSequenceMost = Math.max(inSequenceMost, alone.stop().inFlight);
      const cpuAtStart = process.cpuUsage();
      const ways = { pool: () => inPool(pool, queries), limit: () => throughLimit(pool, queries, POOL) };
      for (const way of ['pool', 'limit'] as const) {
        const watch = watchPool(pool);
        const wall = await timeOf(QUERIES, ways[way]);
        const seen = watch.stop();
        most[way].inFlight = Math.max(most[way].inFlight, seen.inFlight);
        most[way].waiting = Math.max(most[way].waiting, seen.waiting);
        speedups[way].push(each.at(-1)! / (wall / QUERIES));
        if (way === 'pool') cpu.push((100 * cpuSince(cpuAtStart)) / wall);
      }
    }
  } finally {
    await pool.end();
  }
  const load = loadSince();
  return {
    speedups,
    most,
    inSequenceMost,
    each,
    cpu,
    sweep: await measureSweep(connection, median(each), signal),
    load,
  };
}

/** 'pool-speedup' and 'limit-speedup', unless the host was busy; with the speedup of other pools as a curve. */
export function speedupFinding(words: string, { speedups, sweep, load }: Queries): Finding {
  const figures = [
    sampled('pool-speedup', `speedup of a pool of ${POOL} connections`, speedups.pool, 'x', { least: FAST }),
    sampled('limit-speedup', `speedup through a limit of ${POOL}`, speedups.limit, 'x', { least: FAST }),
  ];
  return { figures, judgement: unlessBusy(judgeIntervals(figures), load), words, plots: [plotOf(sweep)] };
}

/** 'pool-in-flight', 'pool-waiting' and the same through the limit. */
export function poolCounts(words: string, { most, inSequenceMost }: Queries): Finding {
  return counts(
    words,
    counted('sequence-in-flight', 'most under way in sequence', inSequenceMost, 'queries', exactly(1)),
    counted('pool-in-flight', 'most queries under way at once', most.pool.inFlight, 'queries', exactly(POOL)),
    counted('limit-in-flight', 'the same through the limit', most.limit.inFlight, 'queries', exactly(POOL)),
    counted('pool-waiting', 'most queries waiting inside the pool', most.pool.waiting, 'queries', {
      least: QUERIES - POOL,
    }),
    counted('limit-waiting', 'most waiting there through the limit', most.limit.waiting, 'queries', { most: POOL }),
  );
}

/** The costs that are only shown, and the sweep as a chart. */
export function otherFindings({ each, cpu, sweep }: Queries, place: string, columns: number): Finding[] {
  const points = sweep.map(({ size, speedup }) => ({ x: size, y: speedup }));
  const chart = logChart([{ name: 'speedup', points }], {
    columns: Math.max(40, columns - 4),
    rows: 8,
    formatX: String,
    formatY: (speedup) => `${speedup}x`,
    ticksX: sweep.map(({ size }) => size),
  });
  const costs = shown(
    '',
    sampled('query', 'a query of 10 ms, in sequence', each, 'ms'),
    sampled('cpu', `CPU of this process, pool of ${POOL}`, cpu, '%'),
  );
  return [{ ...costs, notes: [`On ${place}. Speedup by the connections of the pool:`, asNote(chart)] }];
}

/** @returns ms; @throws where an answer is not the one that was asked for */
async function timeOf(count: number, work: () => Promise<QueryResult[]>): Promise<number> {
  const start = performance.now();
  const results = await work();
  const wall = performance.now() - start;
  const answers = numbersOf(results);
  const wrong = answers.findIndex((answer, number) => answer !== number);
  if (wrong >= 0 || answers.length !== count) {
    throw new Error(`Expected ${count} answers, each its own number, got ${answers.length}, the first wrong ${wrong}`);
  }
  return wall;
}

/** Ends early where the server allows no more connections: somebody else's may not. */
async function measureSweep(connection: ClientConfig, each: number, signal: AbortSignal): Promise<Sweep> {
  const sweep: { size: number; speedup: number }[] = [];
  for (const size of SIZES) {
    signal.throwIfAborted();
    const pool = await openPool(connection, size).catch((error: unknown) => {
      if (error instanceof PostgresUnavailable) return undefined;
      throw error;
    });
    if (pool === undefined) break;
    try {
      await inPool(pool, waitingQueries(size));
      const samples: number[] = [];
      for (let round = 0; round < 3; round++) {
        const queries = waitingQueries(size * EACH);
        samples.push((each * queries.length) / (await timeOf(queries.length, () => inPool(pool, queries))));
      }
      sweep.push({ size, speedup: median(samples) });
    } finally {
      await pool.end();
    }
  }
  return sweep;
}

function plotOf(sweep: Sweep): LinePlot {
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

/** ms, user and system, of this process */
function cpuSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}
