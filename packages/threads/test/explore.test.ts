// Every interleaving of the operations of three threads on a lock, up to a depth: the real code of the recipes, stepped from
// one operation of Atomics to the next. Then the same with faults put in, which have to be found.

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Exploration } from './explore/explore.ts';
import type { KnownFault } from './explore/faults/known-fault.ts';
import { MUTEX_FAULTS } from './explore/faults/mutex.ts';
import { READ_WRITE_FAULTS } from './explore/faults/read-write-lock.ts';
import { REENTRANT_FAULTS } from './explore/faults/reentrant-mutex.ts';
import { SEMAPHORE_FAULTS } from './explore/faults/semaphore.ts';
import { TICKET_FAULTS } from './explore/faults/starvation.ts';
import type { Order } from './explore/main.ts';

// It replaces the global Atomics while a party runs, and has a thread of its own for that.
let explorer: Worker;
let ended: Promise<never>;
beforeAll(() => {
  explorer = new Worker(new URL('./explore/main.ts', import.meta.url), { execArgv: [] });
  ended = new Promise((_, reject) => explorer.on('error', reject));
  ended.catch(() => {}); // each test that asks sees it
});
afterAll(() => explorer.terminate());

async function explored(order: Order): Promise<Exploration[]> {
  explorer.postMessage(order);
  const [{ found, error }] = (await Promise.race([once(explorer, 'message'), ended])) as [
    { found: Exploration[]; error: unknown },
  ];
  if (error !== undefined) throw error;
  return found;
}

/** What went wrong, step by step. */
const shown = (found: readonly Exploration[]): string[] =>
  found.flatMap(({ scenario, failure }) =>
    failure === undefined ? [] : [[scenario, failure.wrong, ...failure.steps].join('\n')],
  );

/** The nightly run, which is strict, goes deeper. */
const depth = process.env['CLAIMS_STRICT'] === '1' ? 'deep' : 'short';

const locks: readonly (readonly [lock: Order['lock'], faults: readonly KnownFault[]])[] = [
  ['mutex', MUTEX_FAULTS],
  ['reentrant-mutex', REENTRANT_FAULTS],
  ['semaphore', SEMAPHORE_FAULTS],
  ['read-write-lock', READ_WRITE_FAULTS],
  ['starvation', TICKET_FAULTS],
];

describe.each(locks)('%s', (lock, faults) => {
  test(`is sound in every interleaving, ${depth}`, { timeout: depth === 'deep' ? 3_600_000 : 300_000 }, async () => {
    const found = await explored({ lock, depth });
    expect(shown(found)).toEqual([]);
    // The deepest have more states than are followed.
    if (depth === 'short') expect(found.filter(({ cut }) => cut > 0)).toEqual([]);
    expect(Math.min(...found.map(({ interleavings }) => interleavings))).toBeGreaterThan(1_000);
  });

  test.each(faults)('would not be, and this is found: $name', { timeout: 60_000 }, async (fault) => {
    const { scenario } = fault;
    const [found] = await explored({ lock, depth: 'short', scenario, fault });
    expect(found?.failure?.wrong).toMatch(fault.wrong);
  });
});

test(
  'histories that are joined because a party remembers the same lose no interleaving',
  { timeout: 60_000 },
  async () => {
    const order = { lock: 'mutex', depth: 'short', scenario: 'two recover one' } as const;
    const counts = async (exact: boolean) =>
      (await explored({ ...order, exact })).map(({ interleavings, depth: steps }) => ({ interleavings, steps }));
    expect(await counts(true)).toEqual(await counts(false));
  },
);
