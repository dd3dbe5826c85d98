// One request of HTTP on a connection.

import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { Found } from '../state.ts';
import { authorityOf } from '../target.ts';
import type { Target } from '../target.ts';
import { orAbort } from './or-abort.ts';

type Head = Pick<IncomingMessage, 'headers'> & { readonly statusCode?: number | undefined };

export interface Answer {
  /** 200, or 101 where the server goes over to another protocol unasked. */
  readonly http: number;
  /** The URL that the page has moved to, without user name and password. */
  readonly redirect?: string;
}

/** The head of the answer to a GET. The body is not waited for, and a redirect is not followed. */
export async function ask(socket: Socket, target: Target, signal: AbortSignal): Promise<Answer> {
  const head = Promise.withResolvers<Head>();
  const asking = request({
    createConnection: () => socket,
    path: target.path,
    headers: { host: authorityOf(target), 'user-agent': 'server-status', accept: '*/*', connection: 'close' },
  });
  asking
    .on('error', (error) => head.reject(isOfHttp2(error) ? new Found('http2-only', 'frames of HTTP/2') : error))
    .on('response', (answer) => {
      answer.on('error', () => {}).destroy();
      head.resolve(answer);
    })
    .on('upgrade', head.resolve)
    .on('information', (answer) => {
      if (answer.statusCode === 101) head.resolve(answer); // without the headers that go with it
    })
    .end();
  const { statusCode = 0, headers } = await orAbort(head.promise, signal);
  const redirect = statusCode >= 300 && statusCode < 400 ? redirectOf(headers.location, target) : undefined;
  return { http: statusCode, ...(redirect !== undefined && { redirect }) };
}

/** A server of HTTP/2 begins with a frame of settings (RFC 9113, 3.4): 3 bytes of length, type 4, no flags, stream 0. */
function isOfHttp2(error: unknown): boolean {
  const { rawPacket } = error as { readonly rawPacket?: Buffer };
  return rawPacket?.subarray(3, 9).equals(Buffer.from([4, 0, 0, 0, 0, 0])) ?? false;
}

function redirectOf(location: string | undefined, target: Target): string | undefined {
  const url = URL.parse(location ?? '', `${target.protocol}://${authorityOf(target)}${target.path}`);
  if (location === undefined || url === null) return undefined;
  url.username = url.password = '';
  return url.href;
}
