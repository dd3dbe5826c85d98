// The four steps of a check. Each one waits for its event, or rejects: with the error, or when the signal is aborted.

import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connect as connectTcp, isIP } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { CertificateError } from './state.ts';
import { authorityOf } from './target.ts';
import type { Target } from './target.ts';

export interface Address {
  readonly address: string;
  readonly family: number;
}

/** Finds the addresses of a name; rejects with the code ENOTFOUND where there is none. */
export type Resolve = (host: string) => Promise<readonly Address[]>;

/** As every program of this machine resolves names: its hosts file first, then its name servers. */
export const resolveAsSystem: Resolve = (host) => lookup(host, { all: true });

/** A connection to whichever of the addresses answers first; each next one is tried when the one before takes long. */
export async function connect(addresses: readonly Address[], port: number, signal: AbortSignal): Promise<Socket> {
  const socket = connectTcp({
    // Never asked for: the addresses are known, and without a name the connection would not try them all.
    host: 'resolved',
    port,
    autoSelectFamily: true,
    lookup: (_, __, answer) => answer(null, [...addresses]),
  });
  return untilReady(socket, 'connect', signal);
}

export interface Secured {
  readonly socket: Socket;
  /** 'TLSv1.3' */
  readonly protocol: string;
  /** When the certificate ends. */
  readonly validTo: Date;
}

/**
 * TLS on a connection. An unfit certificate is looked at all the same: `onSecured` is called with it before the rejection.
 *
 * @param ca certificates in PEM to trust instead of those that Node comes with
 * @throws CertificateError
 */
export async function secure(
  plain: Socket,
  { host }: Target,
  ca: string | undefined,
  onSecured: (secured: Secured) => void,
  signal: AbortSignal,
): Promise<Socket> {
  const options = { socket: plain, host, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] };
  const servername = isIP(host) === 0 ? host : '';
  const socket = connectTls({ ...options, servername, ...(ca !== undefined && { ca }) });
  await untilReady(socket, 'secureConnect', signal);
  onSecured({
    socket,
    protocol: socket.getProtocol() ?? '',
    validTo: new Date(socket.getPeerCertificate().valid_to),
  });
  if (!socket.authorized) throw new CertificateError(String(socket.authorizationError));
  return socket;
}

/** The status of the answer to a GET. The body is not waited for, and a redirect is not followed. */
export async function ask(socket: Socket, target: Target, signal: AbortSignal): Promise<number> {
  const asking = request({
    createConnection: () => socket,
    path: target.path,
    headers: { host: authorityOf(target), 'user-agent': 'server-status', accept: '*/*', connection: 'close' },
  });
  asking.on('error', ignore).end();
  const [answer] = (await once(asking, 'response', { signal })) as [IncomingMessage];
  answer.on('error', ignore).destroy();
  return answer.statusCode ?? 0;
}

async function untilReady<T extends Socket>(socket: T, event: string, signal: AbortSignal): Promise<T> {
  socket.on('error', ignore);
  try {
    await once(socket, event, { signal });
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** An error after the step is over is ignored; without a listener it would end the program. */
function ignore(): void {}
