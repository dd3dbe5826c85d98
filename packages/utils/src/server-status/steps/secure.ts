// TLS on a connection.

import { once } from 'node:events';
import { isIP } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import { CertificateError, codeOf, Found } from '../state.ts';
import type { Target } from '../target.ts';

export interface Secured {
  /** 'TLSv1.3' */
  readonly protocol: string;
  /** When the certificate ends. */
  readonly validTo: Date;
  /** Why the certificate cannot be accepted, as a code; undefined where it can. */
  readonly problem: string | undefined;
}

export interface Trust {
  /** Certificates in PEM to trust instead of those that Node comes with. */
  readonly ca: string | undefined;
  /** Goes on under a certificate that cannot be accepted. */
  readonly insecure: boolean;
}

/**
 * The handshake. An unfit certificate is looked at all the same: `onSecured` is called with it before the rejection.
 *
 * @throws CertificateError
 */
export async function secure(
  plain: Socket,
  { host }: Target,
  { ca, insecure }: Trust,
  onSecured: (secured: Secured) => void,
  signal: AbortSignal,
): Promise<Socket> {
  const options = { socket: plain, host, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] };
  const servername = isIP(host) === 0 ? host : '';
  const socket = connectTls({ ...options, servername, ...(ca !== undefined && { ca }) });
  socket.on('error', () => {}); // one after this step would end the program without a listener
  try {
    await once(socket, 'secureConnect', { signal });
  } catch (error) {
    socket.destroy();
    throw isForLackOfCertificate(socket, error) ? new Found('client-certificate', codeOf(error)) : error;
  }
  const problem = socket.authorized ? undefined : String(socket.authorizationError);
  const validTo = new Date(socket.getPeerCertificate().valid_to);
  onSecured({ protocol: socket.getProtocol() ?? '', validTo, problem });
  if (problem !== undefined && !insecure) throw new CertificateError(problem);
  return socket;
}

/**
 * Up to TLS 1.2 a server that gets no certificate fails the handshake in the same words as one that has no cipher in common;
 * but the latter fails before it sends its own certificate.
 */
function isForLackOfCertificate(socket: TLSSocket, error: unknown): boolean {
  return /ALERT_HANDSHAKE_FAILURE/.test(codeOf(error)) && Object.keys(socket.getPeerCertificate() ?? {}).length > 0;
}
