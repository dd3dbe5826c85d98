// Clients in a process of their own: those that read, and those that do not.

import { once } from 'node:events';
import { createHistogram } from 'node:perf_hooks';
import pLimit from 'p-limit';
import { WebSocket } from 'ws';
import { now } from '@cookbook/lab/task';
import { decode } from './message.ts';

export interface Connect {
  readonly connect: { readonly port: number; readonly readers: number; readonly stalled: number };
}

/** What the readers saw since the last report. */
export interface ClientsReport {
  readonly delivered: number;
  /** Messages that were not the next of their client: lost, repeated or out of order. */
  readonly misplaced: number;
  /** Clients whose connection was closed. */
  readonly closed: number;
  /** From the call of the broadcast to a client's handler, ms. */
  readonly median: number;
  readonly p99: number;
}

/** Connections that are made at once: a burst of a thousand would measure the backlog. */
const CONNECTING = 64;

const latencies = createHistogram();
const clients: WebSocket[] = [];
const next = new Map<WebSocket, number>();
let [delivered, misplaced, closed, heard] = [0, 0, 0, 0];
let readers: WebSocket[] = [];

process.on('disconnect', () => process.exit());
process.on('message', async (order: Connect | 'report') => {
  if (order === 'report') return process.send!(report());
  for (const client of clients.splice(0)) client.terminate();
  const { port, readers: reading, stalled } = order.connect;
  const all = await connect(port, reading + stalled);
  readers = all.slice(0, reading);
  for (const client of readers) client.on('message', (message) => receive(client, message as Buffer));
  for (const client of all.slice(reading)) client.pause();
  return process.send!({ connected: all.length });
});

async function connect(port: number, count: number): Promise<WebSocket[]> {
  const limit = pLimit(CONNECTING);
  return limit.map(Array.from({ length: count }), async () => {
    const client = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
    await once(client, 'open');
    client.on('error', () => {}); // the hub is gone: 'close' follows
    client.on('close', () => closed++);
    clients.push(client);
    return client;
  });
}

function receive(client: WebSocket, message: Buffer): void {
  const { number, sentAt } = decode(message);
  latencies.record(Math.max(1, Math.round((now() - sentAt) * 1_000)));
  if (number !== (next.get(client) ?? 0)) misplaced++;
  next.set(client, number + 1);
  delivered++;
  if (++heard < readers.length) return;
  heard = 0;
  readers[0]!.send('all have it');
}

function report(): ClientsReport {
  const seen = { delivered, misplaced, closed };
  const times = { median: latencies.percentile(50) / 1_000, p99: latencies.percentile(99) / 1_000 };
  [delivered, misplaced, closed, heard] = [0, 0, 0, 0];
  next.clear();
  latencies.reset();
  return { ...seen, ...times };
}
