// 100 requests that miss one key at once, each with a query of its own and through `SingleFlight`, on a real PostgreSQL.

import { setTimeout as sleep } from 'node:timers/promises';
import { counted, exactly } from '@cookbook/lab/claim';
import type { Context, Figure } from '@cookbook/lab/claim';
import { comparePairs, ratioFigure } from '@cookbook/lab/speedup';
import { LRUCache } from 'lru-cache';
import type { Postgres } from '@cookbook/lab/postgres';
import { SingleFlight } from '../recipe.ts';
import { openPeople } from './people.ts';
import type { People } from './people.ts';

const REQUESTS = 100;
/** That a query takes where time is compared, ms. */
const QUERY_MS = 5;
/** For what has to come within milliseconds: without a limit a mistake would be waited for without end. */
const PATIENCE_MS = 2_000;
const GONE = new Error('the client went away');

type Load = (id: number, signal?: AbortSignal) => Promise<string | undefined>;

export interface Misses {
  readonly queries: Figure[];
  readonly rejections: Figure[];
  readonly oneAbort: Figure[];
  readonly lru: Figure[];
  readonly allAbort: Figure[];
  readonly time: Figure;
}

export async function measureMisses(postgres: Postgres, context: Context): Promise<Misses> {
  await using people = await openPeople(postgres);
  await people.add(1, 'person 1');
  return {
    queries: await missTogether(people),
    rejections: await missWhatIsNotThere(people),
    oneAbort: await abortFirst(people, 'one', 'SingleFlight', shared(people), 1),
    lru: await abortFirst(people, 'lru', 'lru-cache', withLru(people), REQUESTS),
    allAbort: await abortAll(people),
    time: await compareTimes(people, context),
  };
}

/** Broken: looks into a cache, and asks for what is not there. */
function unshared(people: People, ms = 0): Load {
  return cached((id) => people.nameOf(id, ms));
}

/** Mended: the same, and those who miss together share one query. */
function shared(people: People, ms = 0): Load {
  const flights = new SingleFlight((id: number, signal) => people.nameOf(id, ms, signal));
  return cached((id, signal) => flights.run(id, signal));
}

function cached(load: (id: number, signal?: AbortSignal) => Promise<string>): Load {
  const cache = new Map<number, string>();
  return async (id, signal) => {
    const name = cache.get(id) ?? (await load(id, signal));
    cache.set(id, name);
    return name;
  };
}

function withLru(people: People): Load {
  const cache = new LRUCache<number, string>({
    max: 10,
    fetchMethod: (id, _, { signal }) => people.nameOf(id, 0, signal),
  });
  return (id, signal) => cache.fetch(id, signal && { signal });
}

async function missTogether(people: People): Promise<Figure[]> {
  const alone = await counting(people, () => settle(unshared(people)));
  const load = shared(people);
  const together = await counting(people, () => settle(load));
  const hits = await counting(people, () => settle(load));
  return [
    counted('plain-queries', `${REQUESTS} misses, a query each`, alone.queries, 'queries', exactly(REQUESTS)),
    counted('shared-queries', `${REQUESTS} misses, SingleFlight`, together.queries, 'queries', exactly(1)),
    counted('answered', 'SingleFlight: right answers', together.right, 'answers', exactly(REQUESTS)),
    counted('hit-queries', `${REQUESTS} hits afterwards`, hits.queries, 'queries', exactly(0)),
  ];
}

/** A person who is not there is asked for, then comes, and is asked for again. */
async function missWhatIsNotThere(people: People): Promise<Figure[]> {
  const load = shared(people);
  const before = await counting(people, () => settle(load, [], 2));
  await people.add(2, 'person 2');
  const after = await counting(people, () => settle(load, [], 2));
  return [
    counted('missing-queries', 'of a person who is not there', before.queries, 'queries', exactly(1)),
    counted('missing-rejected', 'of a person who is not there: rejected', before.failed, 'requests', exactly(REQUESTS)),
    counted('added-queries', 'of the same person, now there', after.queries, 'queries', exactly(1)),
    counted('added-right', 'of the same person, now there: answered', after.right, 'answers', exactly(REQUESTS)),
  ];
}

/** The request that began the query is aborted while PostgreSQL works on it. */
async function abortFirst(people: People, key: string, name: string, load: Load, failing: number): Promise<Figure[]> {
  const stop = new AbortController();
  const { failed, right, queries } = await counting(people, async () => {
    const { outcomes } = await people.whileHeld(async () => {
      const requests = await begin(people, load, [stop.signal]);
      stop.abort(GONE);
      await people.asked(); // a query that the abort cancels is cancelled by now, before it can be answered
      return requests;
    });
    return await outcomes;
  });
  return [
    counted(`${key}-failed`, `${name}, its first caller aborted: failed`, failed, 'requests', exactly(failing)),
    counted(`${key}-right`, `${name}, the same: answered`, right, 'requests', exactly(REQUESTS - failing)),
    counted(`${key}-queries`, `${name}, the same: queries`, queries, 'queries', exactly(1)),
  ];
}

async function abortAll(people: People): Promise<Figure[]> {
  const load = shared(people);
  const stops = Array.from({ length: REQUESTS }, () => new AbortController());
  const signals = stops.map(({ signal }) => signal);
  const before = people.cancelled;
  const failed = await people.whileHeld(async () => {
    const { outcomes } = await begin(people, load, signals);
    for (const stop of stops) stop.abort(GONE);
    await until(() => people.cancelled > before);
    return (await outcomes).failed;
  });
  const cancelled = people.cancelled - before;
  const next = await counting(people, () => settle(load));
  return [
    counted('all-failed', 'all callers aborted: failed', failed, 'requests', exactly(REQUESTS)),
    counted('all-cancelled', 'all callers aborted: cancelled by PostgreSQL', cancelled, 'queries', exactly(1)),
    counted('all-next', 'the next callers: answered', next.right, 'requests', exactly(REQUESTS)),
    counted('all-next-queries', 'the next callers: queries', next.queries, 'queries', exactly(1)),
  ];
}

async function compareTimes(people: People, context: Context): Promise<Figure> {
  const compared = await comparePairs(
    () => timed(shared(people, QUERY_MS)),
    () => timed(unshared(people, QUERY_MS)),
    { context, pairs: [5, 9] },
  );
  return ratioFigure('time', 'time of 100 misses, SingleFlight / a query each', compared, { most: 0.5 });
}

async function timed(load: Load): Promise<number> {
  const start = performance.now();
  await settle(load);
  return performance.now() - start;
}

interface Outcomes {
  readonly right: number;
  readonly failed: number;
}

/** All requests at once, the first of them with those signals. */
async function settle(load: Load, signals: readonly AbortSignal[] = [], id = 1): Promise<Outcomes> {
  const requests = Array.from({ length: REQUESTS }, (_, n) => load(id, signals[n]));
  const settled = await Promise.allSettled(requests);
  return {
    right: settled.filter((one) => one.status === 'fulfilled' && one.value === `person ${id}`).length,
    failed: settled.filter(({ status }) => status === 'rejected').length,
  };
}

/** The same, once PostgreSQL has begun to work on it; that is for one that is held. */
async function begin(people: People, load: Load, signals: readonly AbortSignal[]) {
  const before = await people.asked();
  const outcomes = settle(load, signals);
  await until(async () => (await people.asked()) > before);
  return { outcomes };
}

async function counting<T>(people: People, work: () => Promise<T>): Promise<T & { readonly queries: number }> {
  const before = await people.asked();
  const result = await work();
  return { ...result, queries: (await people.asked()) - before };
}

/** Waits until something is so, but not without end. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await isSo()) && performance.now() < deadline) await sleep(1);
}
