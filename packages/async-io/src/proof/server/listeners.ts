// The sockets: HTTP/1.1 and, where asked, HTTP/2 in plain text, each on a port that the system chose and that is kept.

import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { constants, createServer as createHttp2Server } from 'node:http2';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { once } from 'node:events';
import type { EventEmitter } from 'node:events';
import type { Server, Socket } from 'node:net';
import type { Exchange } from './service.ts';

/** A client's idle connection is its own to close: the server's default of 5 s would cut into a measurement. */
const KEEP_ALIVE_MS = 120_000;

/** Connections that may come in one burst. The default of 511 has the system drop the others, to be tried again after 1 s. */
const BACKLOG = 4_096;

export interface Listener {
  readonly port: number;
  /** Connections that are open now. */
  readonly sockets: number;
  listen(): Promise<void>;
  /** Takes no more connections, and breaks off those that are open. */
  stop(): Promise<void>;
}

export type OnExchange = (exchange: Exchange) => void;
/** Called when a connection was opened. */
export type OnSocket = () => void;

export function http1Listener(onExchange: OnExchange, onSocket: OnSocket): Listener {
  const server = createServer((request, response) => onExchange(http1Exchange(request, response)));
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  return listenerOf(server, onSocket);
}

export function http2Listener(onExchange: OnExchange, onSocket: OnSocket): Listener {
  const server = createHttp2Server({ settings: { maxConcurrentStreams: 10_000 } }, (request, response) =>
    onExchange(http2Exchange(request, response)),
  );
  server.on('sessionError', () => {}); // a client that goes in the middle; its streams close, and are counted there
  return listenerOf(server, onSocket);
}

function listenerOf(server: Server, onSocket: OnSocket): Listener {
  const sockets = new Set<Socket>();
  let port = 0;
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => {}); // a client that resets; what that means for its request is seen there
    onSocket();
  });
  return {
    get port() {
      return port;
    },
    get sockets() {
      return sockets.size;
    },
    async listen() {
      server.listen({ port, host: '127.0.0.1', backlog: BACKLOG });
      await once(server, 'listening');
      ({ port } = server.address() as { port: number });
    },
    async stop() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.resetAndDestroy();
      await closed;
    },
  };
}

function http1Exchange(request: IncomingMessage, response: ServerResponse): Exchange {
  return {
    ...commonOf(request, response),
    writeHead: (status, headers) => response.writeHead(status, headers),
    end: (body) => response.end(body),
    write: (chunk, written) => response.write(chunk, written),
    breakOff: (fault) => (fault === 'reset' ? request.socket.resetAndDestroy() : request.socket.destroy()),
  };
}

/** A stream is broken off alone: the other streams of the connection go on. */
function http2Exchange(request: Http2ServerRequest, response: Http2ServerResponse): Exchange {
  response.on('error', () => {}); // the client has closed its stream; 'close' follows
  return {
    ...commonOf(request, response),
    writeHead: (status, headers) => response.writeHead(status, headers),
    end: (body) => response.end(body),
    write: (chunk, written = () => {}) => response.write(chunk, written),
    breakOff: () => response.stream?.close(constants.NGHTTP2_INTERNAL_ERROR),
  };
}

function commonOf(
  request: { url?: string | undefined },
  response: EventEmitter,
): Omit<Exchange, 'writeHead' | 'write' | 'end' | 'breakOff'> {
  return {
    url: request.url ?? '',
    onFinish: (listener) => response.once('finish', listener),
    onClose: (listener) => response.once('close', listener),
  };
}
