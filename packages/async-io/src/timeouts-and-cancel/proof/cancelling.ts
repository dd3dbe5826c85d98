// Requests that are cancelled under way, as this process and the server see it.

import { setTimeout as sleep } from 'node:timers/promises';
import { counted, exactly } from '@cookbook/lab/claim';
import type { Figure } from '@cookbook/lab/claim';
import { within } from '@cookbook/lab/race';
import { openServer } from '../../proof/server/index.ts';
import type { ServerCounts, TestServer } from '../../proof/server/index.ts';
import { mapLimited } from '../../fail-fast/recipe.ts';
import { leftSince } from '../../proof/resources.ts';
import { openClient } from '../recipe.ts';
import { FAR, LONGEST_MS } from './endless-requests.ts';

export interface Cancelled {
  /** Requests that were begun, those of them that rejected with an AbortError, and those that the server saw. */
  readonly begun: number;
  readonly aborted: number;
  readonly sent: number;
  /** Those that the server saw closed by the client. */
  readonly closedByClient: number;
  /** Connections that the server still had after the cancel, at rest; and after the client was closed. */
  readonly resting: number;
  readonly open: number;
  /** Of this process, after the client was closed: sockets, timers and other handles that were not there before. */
  readonly left: readonly string[];
}

/** Connections that have had an answer before, and rest while the others are cancelled. */
export const RESTING = 5;

/** How long the server may take to notice what its clients closed, ms. */
const MOST_NOTICING_MS = 2_000;

/** Cancels many requests that are under way, or wait for their turn, by one signal. */
export async function cancelAll(wanted: number, concurrency: number, signal: AbortSignal): Promise<Cancelled> {
  await using server = await openServer({ delay: 100 }, signal);
  const before = process.getActiveResourcesInfo();
  const cancelled = await cancelOnce(server, wanted, concurrency, signal);
  const left = await leftSince(before);
  return { ...cancelled, left, open: await openConnections(server, 0) };
}

/** With a client that is closed afterwards. */
async function cancelOnce(
  server: TestServer,
  wanted: number,
  concurrency: number,
  signal: AbortSignal,
): Promise<Omit<Cancelled, 'left' | 'open'>> {
  const client = openClient(FAR);
  const ask = (number: number, both: AbortSignal): Promise<unknown> =>
    client.request(`${server.origin}/document/${number}`, { signal: both });
  try {
    const wide = concurrency + RESTING;
    // Opens the connections: all of them once no answer comes before the last request is out.
    do await mapLimited(numbersTo(wide), wide, ask, signal);
    while ((await server.counts()).mostSockets < wide);
    await server.reset({ delay: 60_000 });
    const { begun, aborted } = await cancel(server, ask, wanted, concurrency, signal);
    const counts = await countsOnce(server, ({ closedByClient, requests }) => closedByClient >= requests);
    const resting = await openConnections(server, RESTING);
    return { begun, aborted, sent: counts.requests, closedByClient: counts.closedByClient, resting };
  } finally {
    await client.close();
  }
}

/** Begins the requests, and cancels them all as soon as the server has as many as are sent at once. */
async function cancel(
  server: TestServer,
  ask: (number: number, signal: AbortSignal) => Promise<unknown>,
  wanted: number,
  concurrency: number,
  signal: AbortSignal,
): Promise<{ begun: number; aborted: number }> {
  const stop = new AbortController();
  let [begun, aborted] = [0, 0];
  const work = async (number: number, both: AbortSignal): Promise<void> => {
    begun++;
    await ask(number, both).catch((error: Error) => {
      if (error.name === 'AbortError') aborted++;
      throw error;
    });
  };
  const outcome = mapLimited(numbersTo(wanted), concurrency, work, AbortSignal.any([stop.signal, signal])).then(
    () => 'no error',
    (error: Error) => error.name,
  );
  while ((await server.counts()).mostInFlight < concurrency) await sleep(5, undefined, { signal });
  stop.abort();
  const name = await within(outcome, LONGEST_MS, 'what was cancelled');
  if (name !== 'AbortError') throw new Error(`Expected the cancel to reject with AbortError, got ${name}`);
  return { begun, aborted };
}

/** The counts of the server once they are as wanted, or when it has had its time. */
async function countsOnce(server: TestServer, isWanted: (counts: ServerCounts) => boolean): Promise<ServerCounts> {
  const deadline = performance.now() + MOST_NOTICING_MS;
  for (;;) {
    const counts = await server.counts();
    if (isWanted(counts) || performance.now() > deadline) return counts;
    await sleep(10);
  }
}

/** The connections that the server has now: once they are as many as expected, or when it has had its time. */
async function openConnections(server: TestServer, expected: number): Promise<number> {
  const { mostSockets } = await countsOnce(
    { ...server, counts: () => server.reset().then(() => server.counts()) }, // a reset counts from what is open
    (counts) => counts.mostSockets === expected,
  );
  return mostSockets;
}

/** `cancel-begun`, `-aborted`, `-sent`, `-closed`, `-resting`, `-open` and `-left`. */
export function cancelFigures(seen: Cancelled, wanted: number, concurrency: number): Figure[] {
  const name = `a cancel of ${wanted} requests, ${concurrency} at once: begun`;
  const each = exactly(concurrency);
  return [
    counted('cancel-begun', name, seen.begun, 'requests', each),
    counted('cancel-aborted', 'of those begun, ended by an AbortError', seen.aborted, 'requests', each),
    counted('cancel-sent', 'of those begun, seen by the server', seen.sent, 'requests', each),
    counted('cancel-closed', 'of those begun, seen closed by the server', seen.closedByClient, 'requests', each),
    counted('cancel-resting', 'connections at rest that the cancel spared', seen.resting, 'sockets', exactly(RESTING)),
    counted('cancel-open', 'connections to the server after the end of the client', seen.open, 'sockets', exactly(0)),
    counted('cancel-left', 'sockets, timers and other handles left', seen.left.length, 'handles', exactly(0)),
  ];
}

function numbersTo(count: number): number[] {
  return Array.from({ length: count }, (_, number) => number);
}
