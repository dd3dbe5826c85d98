// Claim      One thread sends 100 messages to each of 1,000 WebSocket clients, in order; one that does not read is dropped.
// Mechanism  `send` never waits: what a client does not read stays in this process, counted by `bufferedAmount`.
// Use when   many clients get the same messages: chat, prices, progress.
// Do not     wait for each client in turn: the slowest would set the pace.
// Copy       recipe.ts; npm: ws; Node 22 or newer
// Run        pnpm tsx packages/async-io/src/main.ts websocket

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';

/** Bytes of a message from a client; ws would take 100 MiB. */
const MOST_RECEIVED = 2 ** 20;

export interface HubOptions {
  /** Bytes that may wait for one client; with Infinity a slow client grows this process until it dies. */
  readonly mostBuffered: number;
  /** ms between two pings; a client that has not answered one by the next is dropped. 30,000 where it is left out. */
  readonly heartbeat?: number;
  /** Is called with every message of a client. */
  readonly onMessage?: (message: Buffer) => void;
}

/**
 * Opens a server on the loopback whose clients all get the same messages.
 *
 * @throws RangeError where `mostBuffered` or `heartbeat` is not a number above 0
 */
export async function openHub({ mostBuffered, heartbeat = 30_000, onMessage }: HubOptions) {
  for (const [name, value] of Object.entries({ mostBuffered, heartbeat }))
    if (!(value > 0)) throw new RangeError(`Expected \`${name}\` to be above 0, got ${value}`);
  // Clients that come all at once wait in the backlog: what it does not hold is tried again after a second.
  const limits = { backlog: 4_096, maxPayload: MOST_RECEIVED, perMessageDeflate: false };
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', ...limits });
  await once(server, 'listening');
  let dropped = 0;
  let mostSeen = 0;
  const answered = new WeakSet<WebSocket>();
  server.on('connection', (client) => {
    answered.add(client);
    client.on('pong', () => answered.add(client));
    client.on('message', (message) => onMessage?.(message as Buffer));
    client.on('error', () => {}); // a client that is gone: 'close' follows, and takes it off the list
  });
  const drop = (client: WebSocket): void => {
    client.terminate(); // a close frame would have to wait behind all that the client does not read
    dropped++;
  };

  // A client that lost its network sends no end: TCP alone would keep it for as long as nothing is sent, and minutes after.
  const beat = (): void => {
    for (const client of server.clients) {
      if (answered.delete(client)) client.ping();
      else drop(client);
    }
  };
  const beating = heartbeat < 2 ** 31 ? setInterval(beat, heartbeat) : undefined;

  return {
    port: (server.address() as AddressInfo).port,
    clients: (): number => server.clients.size,
    /** Clients that were dropped because they were too far behind, or did not answer. */
    dropped: (): number => dropped,
    /** The most bytes that were seen to wait for one client. */
    mostBuffered: (): number => mostSeen,

    /** Sends to every client, and drops those that are then too far behind. A broken frame is never sent. */
    broadcast(message: Buffer): void {
      for (const client of server.clients) {
        if (client.readyState !== WebSocket.OPEN) continue;
        client.send(message);
        mostSeen = Math.max(mostSeen, client.bufferedAmount);
        if (client.bufferedAmount > mostBuffered) drop(client);
      }
    },

    async close(): Promise<void> {
      clearInterval(beating);
      for (const client of server.clients) client.terminate();
      await new Promise((closed) => server.close(closed));
    },
  };
}

export type Hub = Awaited<ReturnType<typeof openHub>>;
