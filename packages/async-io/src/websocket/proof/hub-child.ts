// The hub in a process of its own, so that its memory is its own.

import { within } from '@cookbook/lab/race';
import { now } from '@cookbook/lab/task';
import { encode } from './message.ts';
import { openHub } from '../recipe.ts';
import type { Hub } from '../recipe.ts';

export interface Open {
  readonly open: { readonly mostBuffered: number };
}

export interface Broadcast {
  readonly broadcast: { readonly messages: number; readonly bytes: number };
}

export interface BroadcastReport {
  /** Clients at the start, those that were dropped since the hub was opened, and the most bytes that waited for one. */
  readonly clients: number;
  readonly dropped: number;
  readonly mostBuffered: number;
  /** Memory of buffers that are held now, MiB: what waits for clients is in them. */
  readonly held: number;
  /** Wall time, and CPU time of the process, ms. */
  readonly wall: number;
  readonly cpu: number;
}

let hub: Hub;
let acknowledged = Promise.withResolvers<void>();

process.on('disconnect', () => process.exit());
process.on('message', async (order: Open | Broadcast) => {
  if ('broadcast' in order) return process.send!(await broadcast(order.broadcast));
  // null is what an Infinity is in JSON. Without a heartbeat, which would drop the client that is to be kept.
  const mostBuffered = order.open.mostBuffered ?? Infinity;
  hub = await openHub({ mostBuffered, heartbeat: Infinity, onMessage: () => acknowledged.resolve() });
  return process.send!({ port: hub.port });
});

/** A client that has not had a message for so long will not have it. ms */
const MOST_WAIT_MS = 5_000;

async function isLate(all: Promise<void>): Promise<boolean> {
  return within(all, MOST_WAIT_MS, 'the delivery').then(
    () => false,
    () => true,
  );
}

/** The next message goes out when all clients that read have the one before: what is measured is sending, not a queue. */
async function broadcast({ messages, bytes }: Broadcast['broadcast']): Promise<BroadcastReport> {
  const clients = hub.clients();
  const cpuAtStart = process.cpuUsage();
  const start = now();
  for (let number = 0; number < messages; number++) {
    acknowledged = Promise.withResolvers();
    hub.broadcast(encode(number, now(), bytes));
    if (await isLate(acknowledged.promise)) break; // a message is lost: what was delivered is counted
  }
  const wall = now() - start;
  const { user, system } = process.cpuUsage(cpuAtStart);
  globalThis.gc?.();
  return {
    clients,
    dropped: hub.dropped(),
    mostBuffered: hub.mostBuffered(),
    held: process.memoryUsage().arrayBuffers / 2 ** 20,
    wall,
    cpu: (user + system) / 1_000,
  };
}
