// One server, or one lack of a server, for every state that can be brought about on loopback.

import type { RequestListener } from 'node:http';
import type { Resolve } from '../steps/names.ts';
import type { State } from '../state.ts';
import type { StatusRange } from '../check.ts';
import { makeCertificate } from './certificate.ts';
import { openNameServer } from './name-server.ts';
import { closedPort, openHttp, openHttp2, openHttps, openTcp } from './servers.ts';

interface KnownHost {
  /** A short description. */
  readonly kind: string;
  /** As it would be given on the command line. */
  readonly host: string;
  readonly state: State;
  /** The statuses that are up, where it is not the usual ones. */
  readonly expect?: readonly StatusRange[];
  /** ms to wait for it: long where an answer comes, however busy the machine is, short where none ever does. */
  readonly timeout: number;
}

export interface EveryKind {
  readonly hosts: readonly KnownHost[];
  /** PEM of all certificates that are to be trusted. */
  readonly ca: string;
  readonly resolve: Resolve;
  close(): Promise<void>;
}

/** So many days from now. */
function day(days: number): Date {
  return new Date(Date.now() + days * 86_400_000);
}

const NEVER_ANSWER: ReadonlySet<State> = new Set<State>(['no-answer', 'dns-failed']);

const answerFine: RequestListener = (_, answer) => void answer.end('fine');

export async function openEveryKind(): Promise<EveryKind> {
  const names = await openNameServer();
  const good = makeCertificate(['known.test'], true, day(-1), day(30.5));
  const expired = makeCertificate(['known.test'], true, day(-30), day(-2.5));
  const early = makeCertificate(['known.test'], true, day(2), day(30));
  const elsewhere = makeCertificate(['elsewhere.test'], false, day(-1), day(30));
  const stranger = makeCertificate(['known.test'], true, day(-1), day(30));

  const fine = await openHttp(answerFine);
  const broken = await openHttp((_, answer) => answer.writeHead(503).end());
  const missing = await openHttp((_, answer) => answer.writeHead(404).end());
  const [safe, late, soon, wrong, strange] = await Promise.all(
    [good, expired, early, elsewhere, stranger].map((certificate) => openHttps(certificate, answerFine)),
  );
  const silent = await openTcp(() => {});
  const closing = await openTcp((socket) => socket.once('data', () => socket.destroy()));
  const babbling = await openTcp((socket) => socket.end('220 no HTTP is spoken here\r\n'));
  const closed = await closedPort();
  const wordy = await openHttp((_, answer) => answer.setHeader('x-long', 'x'.repeat(16 * 1024)).end());
  const switching = await openTcp((socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: known\r\n\r\n');
  });
  const choosy = await openHttps(good, answerFine, { requestCert: true });
  const choosyOfOld = await openHttps(good, answerFine, { requestCert: true, maxVersion: 'TLSv1.2' });
  const strangeCipher = { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES128-GCM-SHA256' } as const; // its key is no RSA key
  const withoutCipher = await openHttps(good, answerFine, strangeCipher);
  const http2 = await openHttp2();
  const secureHttp2 = await openHttp2(good);
  const servers = [fine, broken, missing, safe!, late!, soon!, wrong!, strange!, silent, closing, babbling];
  servers.push(wordy, switching, choosy, choosyOfOld, withoutCipher, http2, secureHttp2);

  const known: readonly Omit<KnownHost, 'timeout'>[] = [
    { kind: 'HTTP', host: `http://127.0.0.1:${fine.port}`, state: 'up' },
    { kind: 'HTTP by a name', host: `http://known.test:${fine.port}/page?q=1`, state: 'up' },
    { kind: 'HTTP, 404', host: `http://127.0.0.1:${missing.port}`, state: 'up' },
    { kind: 'HTTPS', host: `https://known.test:${safe!.port}`, state: 'up' },
    { kind: 'HTTPS by its address', host: `https://127.0.0.1:${safe!.port}`, state: 'up' },
    { kind: 'a port that accepts', host: `127.0.0.1:${silent.port}`, state: 'up' },
    { kind: 'a name that is not there', host: 'missing.test', state: 'no-such-name' },
    { kind: 'a name server that is silent', host: 'silent.test', state: 'dns-failed' },
    { kind: 'a closed port', host: `127.0.0.1:${closed}`, state: 'refused' },
    { kind: 'accepts, silent', host: `http://127.0.0.1:${silent.port}`, state: 'no-answer' },
    { kind: 'accepts, silent to TLS', host: `https://127.0.0.1:${silent.port}`, state: 'no-answer' },
    { kind: 'hangs up', host: `http://127.0.0.1:${closing.port}`, state: 'closed' },
    { kind: 'hangs up on TLS', host: `https://127.0.0.1:${closing.port}`, state: 'closed' },
    { kind: 'no TLS', host: `https://127.0.0.1:${fine.port}`, state: 'tls-failed' },
    { kind: 'expired', host: `https://known.test:${late!.port}`, state: 'certificate-expired' },
    { kind: 'not yet valid', host: `https://known.test:${soon!.port}`, state: 'certificate-not-yet-valid' },
    { kind: 'of another name', host: `https://known.test:${wrong!.port}`, state: 'certificate-for-another-name' },
    { kind: 'of an unknown issuer', host: `https://known.test:${strange!.port}`, state: 'certificate-not-trusted' },
    { kind: 'no HTTP', host: `http://127.0.0.1:${babbling.port}`, state: 'not-http' },
    { kind: 'no cipher in common', host: `https://known.test:${withoutCipher.port}`, state: 'tls-failed' },
    { kind: 'wants a certificate', host: `https://known.test:${choosy.port}`, state: 'client-certificate' },
    { kind: 'wants one, TLS 1.2', host: `https://known.test:${choosyOfOld.port}`, state: 'client-certificate' },
    { kind: 'HTTP/2 only', host: `https://known.test:${secureHttp2.port}`, state: 'http2-only' },
    { kind: 'HTTP/2 only, no TLS', host: `http://127.0.0.1:${http2.port}`, state: 'http2-only' },
    { kind: 'a long header', host: `http://127.0.0.1:${wordy.port}`, state: 'header-too-large' },
    { kind: 'HTTP, 101', host: `http://127.0.0.1:${switching.port}`, state: 'switches-protocol' },
    { kind: 'no such interface', host: '[fe80::1%none]:80', state: 'no-interface' },
    {
      kind: 'HTTP, 404 not expected',
      host: `http://127.0.0.1:${missing.port}`,
      expect: [[200, 299]],
      state: 'unexpected-status',
    },
    { kind: 'HTTP, 503', host: `http://127.0.0.1:${broken.port}`, state: 'server-error' },
  ];

  return {
    ca: [good, expired, early, elsewhere].map(({ cert }) => cert).join(''),
    resolve: names.resolve,
    async close() {
      names.close();
      await Promise.all(servers.map((server) => server.close()));
    },
    hosts: known.map((host) => ({ ...host, timeout: NEVER_ANSWER.has(host.state) ? 300 : 30_000 })),
  };
}
