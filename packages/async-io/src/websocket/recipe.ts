// Claim      One thread sends 100 messages to each of 1,000 WebSocket clients, in order; one that does not read is dropped.
// Mechanism  `send` never waits: what a client does not read stays in this process, counted by `bufferedAmount`.
// Use when   many clients get the same messages: chat, prices, progress.
// Do not     wait for each client in turn: the slowest would set the pace.
// Copy       recipe.ts; npm: ws; Node 22 or newer
// Run        pnpm tsx packages/async-io/src/main.ts websocket

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';

export interface HubOptions {
  /** Bytes that may wait for one client; with Infinity a slow client grows this process until it dies. */
  readonly mostBuffered: number;
  /** Is called with every message of a client. */
  readonly onMessage?: (message: Buffer) => void;
}

/**
 * Opens a server on the loopback whose clients all get the same messages.
 *
 * @throws RangeError where `mostBuffered` is not a number above 0
 */
export async function openHub({ mostBuffered, onMessage }: HubOptions) {
  if (!(mostBuffered > 0)) throw new RangeError(`Expected \`mostBuffered\` to be above 0, got ${mostBuffered}`);
  // Clients that come all at once wait in the backlog: what it does not hold is tried again after a second.
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', backlog: 4_096, perMessageDeflate: false });
  await once(server, 'listening');
  let dropped = 0;
  let mostSeen = 0;
  server.on('connection', (client) => {
    client.on('message', (message) => onMessage?.(message as Buffer));
    client.on('error', () => {}); // a client that is gone: 'close' follows, and takes it off the list
  });

  return {
    port: (server.address() as AddressInfo).port,
    clients: (): number => server.clients.size,
    /** Clients that were dropped because they were too far behind. */
    dropped: (): number => dropped,
    /** The most bytes that were seen to wait for one client. */
    mostBuffered: (): number => mostSeen,

    /** Sends to every client, and drops those that are then too far behind. A broken frame is never sent. */
    broadcast(message: Buffer): void {
      for (const client of server.clients) {
        if (client.readyState !== WebSocket.OPEN) continue;
        client.send(message);
        mostSeen = Math.max(mostSeen, client.bufferedAmount);
        if (client.bufferedAmount <= mostBuffered) continue;
        client.terminate(); // a close frame would have to wait behind all that the client does not read
        dropped++;
      }
    },

    async close(): Promise<void> {
      for (const client of server.clients) client.terminate();
      await new Promise((closed) => server.close(closed));
    },
  };
}

export type Hub = Awaited<ReturnType<typeof openHub>>;
