// As many transactions as a pool has connections, each of which needs one more statement: how many finish, and where the
// others stand.

import { setTimeout as sleep } from 'node:timers/promises';
import { counted, exactly } from '@cookbook/lab/claim';
import type { Figure } from '@cookbook/lab/claim';
import type { ClientConfig, Pool } from 'pg';
import { openPool, watchPool } from '@cookbook/lab/postgres';
import { countRows, makeTables, order } from './orders.ts';
import type { Second } from './orders.ts';

const SIZE = 10;
const ORDERS = 100;
/** How long those that stand still are watched, ms. */
const WATCH_MS = 200;
/** ms until they stand still or have finished: some 10 on a free machine. */
const MOST_MS = 10_000;
const TIMEOUT_MS = 200;

/** `stuck-...`: what stands still; `freed-...`: what becomes of it once the pool may open one connection more. */
export async function runIntoDeadlock(
  connection: ClientConfig,
  signal: AbortSignal,
): Promise<Record<'stuck' | 'freed', Figure[]>> {
  await using watcher = await open(connection, 1);
  await using pool = await open(connection, SIZE);
  await makeTables(watcher);
  const crowd = orderTogether(pool, 'pool');
  try {
    await standstill(pool, crowd, signal);
    const since = await lastChange(watcher, crowd.pids);
    await sleep(WATCH_MS, undefined, { signal });
    const idle = await idleInTransaction(watcher, crowd.pids);
    const unchanged = (await lastChange(watcher, crowd.pids)) === since;
    const stuck = [
      counted(
        'stuck',
        'with a second connection: not finished',
        SIZE - crowd.ended.length,
        'transactions',
        exactly(SIZE),
      ),
      counted('stuck-waiting', 'waiting in the pool', pool.waitingCount, 'transactions', exactly(SIZE)),
      counted('stuck-idle', 'idle in transaction at the server', idle, 'connections', exactly(SIZE)),
      counted('stuck-changed', `statements sent within ${WATCH_MS} ms`, unchanged ? 0 : 1, 'or more', { most: 0 }),
    ];
    await addConnection(pool);
    await crowd.all;
    const freed = crowd.ended.filter(({ status }) => status === 'fulfilled').length;
    const { lines } = await countRows(watcher);
    return {
      stuck,
      freed: [
        counted('freed', 'finished once the pool had one connection more', freed, 'transactions', exactly(SIZE)),
        counted('freed-lines', 'lines that they wrote', lines, 'lines', exactly(SIZE)),
      ],
    };
  } finally {
    await addConnection(pool).catch(() => {}); // or its end would wait for ever
    await crowd.all;
  }
}

/** `done`: finished, `...-lines`: both statements are there; and the connections that came back. */
export async function handDown(connection: ClientConfig): Promise<Figure[]> {
  await using watcher = await open(connection, 1);
  await using pool = await open(connection, SIZE);
  await makeTables(watcher);
  pool.options.connectionTimeoutMillis = MOST_MS / 2; // where they stood still too, this would come to no end
  const watch = watchPool(pool);
  const pids = new Set<number>();
  const ends = await Promise.allSettled(
    Array.from({ length: ORDERS }, (_, number) => order(pool, number, 'own', async (pid) => void pids.add(pid))),
  );
  const { inFlight } = watch.stop();
  const done = ends.filter(({ status }) => status === 'fulfilled').length;
  const { orders, lines } = await countRows(watcher);
  const stillOpen = await idleInTransaction(watcher, [...pids]);
  return [
    counted('done', 'with their own connection: finished', done, 'transactions', exactly(ORDERS)),
    counted('done-orders', 'with their own connection: orders written', orders, 'orders', exactly(ORDERS)),
    counted('done-lines', 'with their own connection: lines written', lines, 'lines', exactly(ORDERS)),
    counted('done-at-once', 'with their own connection: most under way', inFlight, 'transactions', exactly(SIZE)),
    counted('done-back', 'connections back in the pool', pool.idleCount, 'connections', exactly(SIZE)),
    counted('done-open', 'of those, still in a transaction', stillOpen, 'connections', { most: 0 }),
  ];
}

/** The same crowd where the pool lets nobody wait for long: `late`, the transactions that fail, and what is left of them. */
export async function waitWithLimit(connection: ClientConfig): Promise<Figure[]> {
  await using watcher = await open(connection, 1);
  await using pool = await open(connection, SIZE);
  await makeTables(watcher);
  pool.options.connectionTimeoutMillis = TIMEOUT_MS;
  const { all, ended } = orderTogether(pool, 'pool');
  await all;
  const late = ended.filter(
    (one) => one.status === 'rejected' && (one.reason as Error).message.startsWith('timeout exceeded'),
  );
  const { orders } = await countRows(watcher);
  return [
    counted('late', 'with connectionTimeoutMillis: failed', late.length, 'transactions', exactly(SIZE)),
    counted('late-orders', 'orders of theirs that are left', orders, 'orders', { most: 0 }),
    counted('late-back', 'connections of theirs back in the pool', pool.idleCount, 'connections', exactly(SIZE)),
  ];
}

/** A transaction for every connection; each goes on only when all have begun. */
function orderTogether(pool: Pool, second: Second) {
  const pids: number[] = [];
  const ended: PromiseSettledResult<void>[] = [];
  const { promise: allBegun, resolve } = Promise.withResolvers<void>();
  const begun = (pid: number): Promise<void> => {
    if (pids.push(pid) === SIZE) resolve();
    return allBegun;
  };
  const orders = Array.from({ length: SIZE }, async (_, number) => {
    const [end] = await Promise.allSettled([order(pool, number, second, begun)]);
    ended.push(end);
    resolve(); // one that ends before all have begun has failed: the others are not to wait for it
  });
  return { pids, ended, allBegun, all: Promise.all(orders) };
}

type Crowd = ReturnType<typeof orderTogether>;

/** Resolves when all transactions have begun, and wait for the pool or have ended. @throws Error where that does not come */
async function standstill(pool: Pool, { allBegun, ended }: Crowd, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + MOST_MS;
  await allBegun;
  while (ended.length + pool.waitingCount < SIZE) {
    if (performance.now() > deadline) throw new Error(`Expected ${SIZE} transactions to wait or to end, they did not`);
    await sleep(2, undefined, { signal });
  }
}

/** How many of these processes of the server are in a transaction and wait for its next statement. */
async function idleInTransaction(watcher: Pool, pids: readonly number[]): Promise<number> {
  const text = `select count(*)::integer as n from pg_stat_activity where pid = any($1) and state = 'idle in transaction'`;
  const { rows } = await watcher.query<{ n: number }>(text, [pids]);
  return rows[0]!.n;
}

/** When one of them began or ended a statement for the last time. */
async function lastChange(watcher: Pool, pids: readonly number[]): Promise<string | null> {
  const text = 'select max(state_change)::text as at from pg_stat_activity where pid = any($1)';
  const { rows } = await watcher.query<{ at: string | null }>(text, [pids]);
  return rows[0]!.at;
}

/** Lets the pool open one connection more. It looks at its queue only when somebody asks for one. */
async function addConnection(pool: Pool): Promise<void> {
  pool.options.max++;
  (await pool.connect()).release();
}

async function open(connection: ClientConfig, size: number): Promise<Pool & AsyncDisposable> {
  const pool = await openPool(connection, size);
  return Object.assign(pool, { [Symbol.asyncDispose]: () => pool.end() });
}
