// Claim      Some requests after a rest as long as the server keeps connections fail with ECONNRESET. With a repeat, a shorter
//            rest at the client, or a longer one at the server, 0 of 1,000 do.
// Mechanism  The server closes while a request travels.
// Use when   a proxy stands between.
// Do not     repeat a POST, or trust a shorter rest where the client computes.
// Copy       recipe.ts; npm: undici; Node 22.19 or newer
// Run        pnpm tsx packages/async-io/src/main.ts kept-connections

import type { Server } from 'node:http';
import { Agent } from 'undici';
import type { Dispatcher } from 'undici';

/** Methods that leave the server as if they had come once, however often they come (RFC 9110, section 9.2.2). */
const IDEMPOTENT = new Set<string>(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);
/** The connection has closed or broken. */
const BROKEN = new Set<unknown>(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/** Broken where the server keeps connections for less than 4 s and does not say so: that is how long undici keeps them. */
export function openPlain(connections: number): Dispatcher {
  return new Agent({ connections });
}

/**
 * Mended at the client: a connection is closed after half of the time for which the server keeps it, so that no request is
 * sent to one that is about to go. A longer time that the server names (`Keep-Alive: timeout=`) does not count.
 *
 * The timer that closes it is late in a client whose event loop stands still: where that may be for longer than the other
 * half, repeat as well.
 *
 * @param serverKeeps ms, of the server or of the proxy in front of it: 75,000 in nginx, 5,000 in Node.js
 */
export function openShort(connections: number, serverKeeps: number): Dispatcher {
  if (!(serverKeeps >= 2)) throw new RangeError(`Expected \`serverKeeps\` to be 2 ms or more, got ${serverKeeps}`);
  const rest = Math.floor(serverKeeps / 2);
  return new Agent({ connections, keepAliveTimeout: rest, keepAliveMaxTimeout: rest });
}

/** Mended where nobody knows how long the server keeps them: `client.compose(repeatUnanswered())`. */
export function openRepeating(connections: number): Dispatcher {
  return new Agent({ connections }).compose(repeatUnanswered());
}

/** Mended at the server: it keeps a connection for longer than its client does, such as a proxy with 60 s. ms */
export function keepLonger(server: Server, clientKeeps: number): void {
  server.keepAliveTimeout = 2 * clientKeeps;
}

/**
 * Repeats a request at once where its connection breaks before any part of an answer has come, if that is safe: the method
 * is idempotent, and the body is no stream, which is gone once it was read. `interceptors.retry` of undici does that as
 * well, after a wait of 500 ms, and repeats more: statuses such as 503, and the rest of a body that broke off.
 *
 * @param most repeats; the next connection of a pool may have rested for as long as the first
 */
export function repeatUnanswered(most = 2): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => {
    const { method, body, upgrade } = options;
    const isWhole = !body || typeof body === 'string' || body instanceof Uint8Array;
    if (!IDEMPOTENT.has(method) || !isWhole || upgrade) return dispatch(options, handler);
    let [isAnswered, repeats] = [false, 0];
    const send = (): boolean =>
      dispatch(options, {
        onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
        onResponseStart(...answer) {
          isAnswered = true;
          handler.onResponseStart?.(...answer);
        },
        onResponseData: (...chunk) => handler.onResponseData?.(...chunk),
        onResponseEnd: (...end) => handler.onResponseEnd?.(...end),
        onResponseError(controller, error: NodeJS.ErrnoException) {
          if (!isAnswered && BROKEN.has(error.code) && repeats++ < most) send();
          else handler.onResponseError?.(controller, error);
        },
      });
    return send();
  };
}
