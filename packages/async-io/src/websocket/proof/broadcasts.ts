// What is broadcast to whom: to many clients, beside one that does not read, and beside one that is kept although it does not.

import { formatNumber } from '@cookbook/lab/claim';
import type { Context, Figure } from '@cookbook/lab/claim';
import { comparePairs, ratioFigure } from '@cookbook/lab/speedup';
import type { BroadcastReport } from './hub-child.ts';
import { openHubAndClients } from './hub-and-clients.ts';
import type { Broadcasted, HubAndClients, HubAndClientsOptions } from './hub-and-clients.ts';
import { openFilesLimit } from './open-files.ts';

export const CLIENTS = 1_000;
export const MESSAGES = 100;
const BYTES = 128;
/** Beyond a socket for each client: what Node.js itself has open, with room to spare. */
const OTHER_FILES = 100;

export const READERS = 8;
export const LARGE_BYTES = 64 * 1_024;
export const LARGE_MESSAGES = 200;
export const MOST_BUFFERED = 2 ** 20;

export const NOTES = [
  'A message goes out when every client has the one before. Hub and clients are two processes; one broadcast takes as long as both need for all clients.',
  `The client that does not read: ${LARGE_MESSAGES} messages of ${LARGE_BYTES / 1_024} KiB, of which the buffers of the system hold the first few MiB and \`bufferedAmount\` counts the rest.`,
];

/** Why this process cannot have so many clients; undefined where it can. */
export function lackOfFiles(): string | undefined {
  const limit = openFilesLimit();
  const needed = CLIENTS + OTHER_FILES;
  return limit < needed
    ? `this process may open ${formatNumber(limit)} files, ${formatNumber(needed)} are needed: raise it with ulimit -n`
    : undefined;
}

export interface Broadcasts {
  /** To many clients that read. */
  readonly crowd: Broadcasted;
  /** To a few that read, and one that does not and is dropped. */
  readonly bounded: Broadcasted;
  /** The same, but without a limit on what waits for that one. */
  readonly unbounded: BroadcastReport;
  /** Time of a broadcast without that limit / without a client that does not read. */
  readonly pace: Figure;
}

export async function measureBroadcasts(context: Context): Promise<Broadcasts> {
  const { signal } = context;
  const crowd = await withHub({ readers: CLIENTS, mostBuffered: MOST_BUFFERED, signal }, async (hub) => {
    await hub.broadcast(10, BYTES); // compiles the code on both sides
    return hub.broadcast(MESSAGES, BYTES);
  });
  const bounded = await withHub({ readers: READERS, stalled: 1, mostBuffered: MOST_BUFFERED, signal }, (hub) =>
    hub.broadcast(LARGE_MESSAGES, LARGE_BYTES),
  );
  return { crowd, bounded, ...(await compareUnbounded(context)) };
}

/** Broadcasts beside a client that never reads and is kept, against those without one. */
async function compareUnbounded(context: Context): Promise<Pick<Broadcasts, 'pace' | 'unbounded'>> {
  const clients = { readers: READERS, mostBuffered: Infinity, signal: context.signal };
  return withHub(clients, (without) =>
    withHub({ ...clients, stalled: 1 }, async (beside) => {
      let unbounded!: BroadcastReport;
      const broadcastBeside = async (): Promise<number> => {
        unbounded = await broadcastLarge(beside);
        return unbounded.wall;
      };
      const options = { context, pairs: [6, 12] as const, precision: 0.2 };
      const pairs = await comparePairs(broadcastBeside, async () => (await broadcastLarge(without)).wall, options);
      const name = 'time of a broadcast: beside a client that does not read / without';
      return { pace: ratioFigure('pace', name, pairs, { most: 2 }), unbounded };
    }),
  );
}

async function broadcastLarge(hub: HubAndClients): Promise<BroadcastReport> {
  return (await hub.broadcast(LARGE_MESSAGES / 4, LARGE_BYTES)).hub;
}

async function withHub<T>(options: HubAndClientsOptions, work: (hub: HubAndClients) => Promise<T>): Promise<T> {
  const hub = await openHubAndClients(options);
  try {
    return await work(hub);
  } finally {
    await hub.close();
  }
}
