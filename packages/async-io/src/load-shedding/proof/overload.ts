// Servers at up to twice their capacity, with and without `shed`: what share of the capacity is answered in time.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '@cookbook/lab/claim';
import { watchLoad } from '@cookbook/lab/host';
import { Pool } from 'undici';
import { openChild } from '../../proof/child.ts';
import { capacityOf, sendLoad, statusOf } from './open-loop.ts';
import type { Served } from './open-loop.ts';
import { HEALTH, SLOTS } from './protocol.ts';
import type { Order, Reply, Setting } from './protocol.ts';

/** What clients wait for an answer, ms; an undisturbed one takes 20. */
export const DEADLINE_MS = 100;
const CAPACITY_MS = 150;
const LOADS = [0.5, 1, 1.5, 2] as const;
export const LOAD_MS = 250;
/** The longer it lasts, the less is answered in time where nothing is refused. */
const TWICE_MS = 700;
/** Where what is too much is refused, that makes no difference. */
const TWICE_SHED_MS = 500;
/** Open beforehand; hardly more requests are under way at once. */
const CONNECTIONS = 100;
const HEALTH_EVERY_MS = 50;

export interface Point extends Served {
  readonly load: number;
  /** For a core, by the server, ms; 0 where the system does not say. */
  readonly waited: number;
  /** Of the capacity, %. */
  readonly share: number;
}

type Curve = readonly Point[];

/** Health checks of servers that shed, at twice their capacity, and how many of them were answered 200. */
export interface Checks {
  asked: number;
  answered: number;
}

export interface Overload {
  readonly capacity: Readonly<Record<'waiting' | 'computing', number>>;
  readonly curves: Readonly<Record<Setting, Curve>>;
  readonly checks: Checks;
  /** Share of all cores' time that was busy. */
  readonly busy: number | undefined;
}

/** A server that can be set up anew, and a client for it. */
async function openServer(signal: AbortSignal) {
  const server = await openChild<number>(new URL('./server-child.ts', import.meta.url), signal);
  const client = new Pool(`http://127.0.0.1:${server.ready}`);
  return {
    client,
    /** Sets it up where it is told how, and says for how long it has waited for a core so far, ms. */
    set: async (setting?: Setting) =>
      (await server.ask<Reply>({ ...(setting && { setting }) } satisfies Order)).waited ?? 0,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await client.destroy();
    },
  };
}

type Server = Awaited<ReturnType<typeof openServer>>;

export async function measureOverload({ signal, screen }: Context): Promise<Overload> {
  const load = watchLoad();
  await using plain = await openServer(signal);
  await using shedding = await openServer(signal);
  await using computing = await openServer(signal);
  const checks = { asked: 0, answered: 0 };

  screen.draw('… load-shedding: a server that waits, at up to twice its capacity');
  const waiting = await capacity(plain, 'waiting', 2 * SLOTS);
  await shedding.set('waiting, shed');
  await warmUp(shedding, SLOTS);
  const curves: Point[][] = [[], []];
  for (const times of LOADS) {
    signal.throwIfAborted();
    const points = await Promise.all([
      at(plain, 'waiting', times, waiting),
      at(shedding, 'waiting, shed', times, waiting, checks),
    ]);
    for (const [n, point] of points.entries()) curves[n]!.push(point);
    if (times > 1 && times < 2) await sleep(LOAD_MS * (times - 1)); // what was not refused is still to be answered
  }
  await plain[Symbol.asyncDispose](); // with all that waits in it

  screen.draw('… load-shedding: a server that computes, at twice its capacity');
  const thread = await capacity(computing, 'computing', 2);
  await connect(computing);
  const open = await at(computing, 'computing', 2, thread);
  await computing[Symbol.asyncDispose]();
  await connect(shedding);
  const limited = await at(shedding, 'computing, shed', 2, thread, checks);
  const sampled = await at(shedding, 'computing, by utilisation', 2, thread);
  return {
    capacity: { waiting, computing: thread },
    curves: {
      waiting: curves[0]!,
      'waiting, shed': curves[1]!,
      computing: [open],
      'computing, shed': [limited],
      'computing, by utilisation': [sampled],
    },
    checks,
    busy: load(),
  };
}

async function capacity(server: Server, setting: Setting, clients: number): Promise<number> {
  await server.set(setting);
  await warmUp(server, clients);
  const first = await capacityOf(server.client, clients, CAPACITY_MS);
  const second = await capacityOf(server.client, clients, CAPACITY_MS);
  return Math.max(first, second); // others on the machine can only make it less
}

async function warmUp({ client }: Server, clients: number): Promise<void> {
  await capacityOf(client, clients, CAPACITY_MS / 2);
}

/**
 * Opens connections, as a proxy keeps them. Of those that come anew Node.js accepts one in a turn of its event loop: where it
 * computes, requests on the others overtake theirs.
 */
async function connect({ client }: Server): Promise<void> {
  await Promise.all(Array.from({ length: CONNECTIONS }, () => statusOf(client, HEALTH)));
}

async function at(
  { client, set }: Server,
  setting: Setting,
  load: (typeof LOADS)[number],
  full: number,
  checks?: Checks,
): Promise<Point> {
  const isTwice = load === 2;
  const before = await set(setting);
  const over = new AbortController();
  const checking = isTwice && checks ? checkHealth(client, checks, over.signal) : undefined;
  const twice = setting === 'waiting' || setting === 'computing' ? TWICE_MS : TWICE_SHED_MS;
  const served = await sendLoad(client, load * full, isTwice ? twice : LOAD_MS, DEADLINE_MS);
  over.abort();
  await checking;
  const waited = (await set()) - before;
  return { ...served, load, waited, share: (100 * served.goodput) / full };
}

/** Asks how the server is while it is loaded. */
async function checkHealth(client: Pool, checks: Checks, over: AbortSignal): Promise<void> {
  for (; !over.aborted; await sleep(HEALTH_EVERY_MS)) {
    checks.asked++;
    if ((await statusOf(client, HEALTH)) === 200) checks.answered++;
  }
}
