// Servers on loopback whose state is known, on ports that the system chooses.

import { once } from 'node:events';
import { createServer as createHttp } from 'node:http';
import type { RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { Certificate } from './certificate.ts';

export interface KnownServer {
  readonly port: number;
  close(): Promise<void>;
}

export function openHttp(answer: RequestListener): Promise<KnownServer> {
  return listen(createHttp(answer));
}

export function openHttps(certificate: Certificate, answer: RequestListener): Promise<KnownServer> {
  return listen(createHttps({ ...certificate }, answer));
}

/** A server of bytes: `greet` has each connection. */
export function openTcp(greet: (socket: Socket) => void): Promise<KnownServer> {
  return listen(createTcp(greet));
}

/** A port on which nothing listens: the system chose it, and it is free again. */
export async function closedPort(): Promise<number> {
  const server = await openTcp(() => {});
  await server.close();
  return server.port;
}

async function listen(server: Server): Promise<KnownServer> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {}); // a client may leave at any time
  });
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
