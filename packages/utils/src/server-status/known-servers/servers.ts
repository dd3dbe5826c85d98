// Servers on loopback whose state is known, on ports that the system chooses.

import { once } from 'node:events';
import { createServer as createHttp } from 'node:http';
import type { RequestListener } from 'node:http';
import { createSecureServer as createSecureHttp2, createServer as createHttp2 } from 'node:http2';
import { createServer as createHttps } from 'node:https';
import type { ServerOptions } from 'node:https';
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

export function openHttps(
  certificate: Certificate,
  answer: RequestListener,
  options: ServerOptions = {},
): Promise<KnownServer> {
  return listen(createHttps({ ...options, ...certificate }, answer));
}

/** A server of HTTP/2 alone, over TLS where there is a certificate. */
export function openHttp2(certificate?: Certificate): Promise<KnownServer> {
  return listen(certificate === undefined ? createHttp2() : createSecureHttp2({ ...certificate }));
}

/** A server of bytes: `greet` has each connection. */
export function openTcp(greet: (socket: Socket) => void, host?: string): Promise<KnownServer> {
  return listen(createTcp(greet), host);
}

/** A port on which nothing listens: the system chose it, and it is free again. */
export async function closedPort(): Promise<number> {
  const server = await openTcp(() => {});
  await server.close();
  return server.port;
}

async function listen(server: Server, host = '127.0.0.1'): Promise<KnownServer> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {}); // a client may leave at any time
  });
  server.on('tlsClientError', () => {});
  server.listen(0, host);
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
