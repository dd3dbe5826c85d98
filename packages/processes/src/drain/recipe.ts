// Claim      A cluster worker that drains before it ends loses no request; one stopped by worker.disconnect() loses some.
// Mechanism  A server's close() also closes connections that look idle, though a request waits in them unread. Draining
//            closes the listening socket alone, and each connection after its next answer.
// Use when   a server is replaced while it serves.
// Do not     wait for resting clients without a limit.
// Copy       recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/processes/src/main.ts drain

import cluster from 'node:cluster';
import type { Server } from 'node:http';
import { Server as NetServer } from 'node:net';

/** What the primary sends to a worker that is to drain and end. */
export const DRAIN = 'drain';

/** ms that a client may keep its connection and ask no more. */
const LIMIT_MS = 3_000;

/**
 * Stops a server: takes no more connections, answers what comes on those that are open, each for the last time, and
 * resolves when all of them are closed.
 *
 * @param limit ms after which those that are still open are closed, whatever they wait for; a WebSocket, which is no
 *   connection of HTTP any more, is for its handler to close
 * @throws Error where the server does not listen
 */
export async function drain(server: Server, limit = LIMIT_MS): Promise<void> {
  // The client is to connect anew, to a server that stays.
  server.prependListener('request', (_, response) => response.setHeader('connection', 'close'));
  const { promise: closed, resolve, reject } = Promise.withResolvers<void>();
  // Since Node.js 19 `server.close()`, which `worker.disconnect()` calls too, closes connections that look idle: those as
  // well whose next request waits unread while a handler computes. `close` of the TCP server below it does not.
  NetServer.prototype.close.call(server, (error) => (error ? reject(error) : resolve()));
  const timer = setTimeout(() => server.closeAllConnections(), limit);
  await closed.finally(() => clearTimeout(timer));
}

/**
 * In a worker of a cluster: drains the server when the primary sends `DRAIN`, or the system SIGTERM, and leaves the cluster,
 * which ends it. Both may come, as when SIGTERM goes to a process group.
 */
export function drainWhenAsked(server: Server, limit = LIMIT_MS): void {
  let leaving = false;
  const leave = async (): Promise<void> => {
    if (leaving) return;
    leaving = true;
    if (server.listening) await drain(server, limit);
    cluster.worker!.disconnect();
  };
  process.on('message', (message) => void (message === DRAIN && leave()));
  process.on('SIGTERM', () => void leave());
}
