// A map half-way through which one of two workers is killed, and what the database then holds.

import { setTimeout as sleep } from 'node:timers/promises';
import { counted, counts, exactly, shown } from '@cookbook/lab/claim';
import type { Context, Finding } from '@cookbook/lab/claim';
import pg from 'pg';
import { freshName } from '../../proof/database.ts';
import { startProcess } from '../../proof/worker-process.ts';
import { map } from '../../map-over-machines/recipe.ts';
import type { Input } from './effect-task.ts';
import type { Settings } from './worker-child.ts';

const INPUTS = 1_000;
const BATCH = 5;
const LEASE_MS = 1_000;
/** In the middle of the batch that is in the middle. */
const FATAL = 502;

/** Maps, kills a worker, and counts. */
export async function killHalfWay(url: string, { signal }: Context): Promise<Finding[]> {
  const name = freshName('killed');
  const client = new pg.Client(url);
  await client.connect();
  const module = new URL('./worker-child.ts', import.meta.url);
  const start = () => startProcess(module, { url, name, lease: LEASE_MS } satisfies Settings);
  const workers = await Promise.all([start(), start()]);
  try {
    await client.query(`create table ${name}_tries (n integer, worker integer)`);
    await client.query(`create table ${name}_effects (n integer primary key)`);
    await client.query(`create table ${name}_fatal (one integer primary key, worker integer)`);
    const inputs = Array.from({ length: INPUTS }, (_, n): Input => ({ url, table: name, n, isFatal: n === FATAL }));
    const mapped = map<number>(url, name, inputs, BATCH);
    mapped.catch(() => {}); // reported below
    const pid = await fatalWorker(client, name, signal);
    const killed = performance.now();
    const { signal: by } = await workers.find((worker) => worker.pid === pid)!.end('SIGKILL');
    const results = await mapped;
    const waited = performance.now() - killed;

    const right = results.filter((result, n) => result === 3 * n).length;
    const tries = await count(client, `${name}_tries`);
    const effects = await count(client, `${name}_effects`);
    return [
      counts(
        'One of two workers was killed half-way: {right number} of 1,000 results are right.',
        counted('right', 'results that are right', right, 'results', exactly(INPUTS)),
        counted('killed', 'workers that a signal ended', by === 'SIGKILL' ? 1 : 0, 'workers', exactly(1)),
      ),
      counts(
        'Inputs ran {tries number} times, and {effects number} effects are there.',
        counted('tries', 'times that an input ran', tries, 'runs', { least: INPUTS + 1, most: INPUTS + BATCH }),
        counted('effects', 'effects', effects, 'effects', exactly(INPUTS)),
      ),
      shown('', counted('waited', 'from the kill to the end', Math.round(waited), 'ms')),
    ];
  } finally {
    await Promise.all(workers.map((worker) => worker.end()));
    for (const table of ['tries', 'effects', 'fatal']) await client.query(`drop table if exists ${name}_${table}`);
    await client.end();
  }
}

/** The pid of the worker that is at the input at which it is to be killed. */
async function fatalWorker(client: pg.Client, name: string, signal: AbortSignal): Promise<number> {
  for (;;) {
    signal.throwIfAborted();
    const { rows } = await client.query<{ worker: number }>(`select worker from ${name}_fatal`);
    if (rows[0]) return rows[0].worker;
    await sleep(10);
  }
}

async function count(client: pg.Client, table: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(`select count(*)::integer as count from ${table}`);
  return rows[0]!.count;
}
