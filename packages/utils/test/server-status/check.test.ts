import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forkForTest } from '../../../lab/test/ends-with-test.ts';
import { checkServer, readTarget, STATES } from '../../src/server-status/index.ts';
import type { State, Status } from '../../src/server-status/index.ts';
import { openEveryKind } from '../../src/server-status/known-servers/every-kind.ts';
import type { EveryKind } from '../../src/server-status/known-servers/every-kind.ts';
import { closedPort, openHttp, openTcp } from '../../src/server-status/known-servers/servers.ts';

let every: EveryKind;
beforeAll(async () => {
  every = await openEveryKind();
});
afterAll(() => every.close());

function check(kind: string): Promise<Status> {
  const { host, timeout, expect: expected } = every.hosts.find((known) => known.kind === kind)!;
  return checkServer(readTarget(host), { timeout, ca: every.ca, expect: expected, resolve: every.resolve });
}

describe('each kind of server has its own state', () => {
  test.each<[string, State, string | undefined]>([
    ['HTTP', 'up', undefined],
    ['HTTP by a name', 'up', undefined],
    ['HTTP, 404', 'up', undefined],
    ['HTTPS', 'up', undefined],
    ['HTTPS by its address', 'up', undefined],
    ['a port that accepts', 'up', undefined],
    ['a name that is not there', 'no-such-name', 'ENOTFOUND'],
    ['a name server that is silent', 'dns-failed', 'no answer in 300 ms'],
    ['a closed port', 'refused', 'ECONNREFUSED'],
    ['accepts, silent', 'no-answer', 'no answer in 300 ms'],
    ['accepts, silent to TLS', 'no-answer', 'no answer in 300 ms'],
    ['hangs up', 'closed', 'ECONNRESET'],
    ['hangs up on TLS', 'closed', 'ECONNRESET'],
    ['no TLS', 'tls-failed', 'ERR_SSL_WRONG_VERSION_NUMBER'],
    ['expired', 'certificate-expired', 'CERT_HAS_EXPIRED'],
    ['not yet valid', 'certificate-not-yet-valid', 'CERT_NOT_YET_VALID'],
    ['of another name', 'certificate-for-another-name', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['of an unknown issuer', 'certificate-not-trusted', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['no HTTP', 'not-http', 'HPE_INVALID_CONSTANT'],
    ['HTTP, 503', 'server-error', undefined],
    ['no cipher in common', 'tls-failed', 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE'],
    ['wants a certificate', 'client-certificate', 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'],
    ['wants one, TLS 1.2', 'client-certificate', 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE'],
    ['HTTP/2 only', 'http2-only', 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL'],
    ['HTTP/2 only, no TLS', 'http2-only', 'frames of HTTP/2'],
    ['a long header', 'header-too-large', 'HPE_HEADER_OVERFLOW'],
    ['HTTP, 101', 'switches-protocol', undefined],
    ['no such interface', 'no-interface', "no interface 'none'"],
    ['HTTP, 404 not expected', 'unexpected-status', undefined],
  ])('%s: %s', async (kind, state, detail) => {
    const status = await check(kind);
    expect({ state: status.state, detail: status.detail }).toEqual({ state, detail });
  });

  test('and these are all states but the two that are not on loopback', () => {
    const states = new Set<string>(every.hosts.map(({ state }) => state));
    expect(Object.keys(STATES).filter((state) => !states.has(state))).toEqual(['unreachable', 'no-connection']);
  });
});

describe('a status has what was seen on the way', () => {
  test('the address, the status, the certificate, and a time for each step that was taken', async () => {
    const status = await check('HTTPS');
    expect(status).toMatchObject({ address: '127.0.0.1', http: 200, tls: { protocol: 'TLSv1.3', daysLeft: 30 } });
    expect(Object.keys(status.times)).toEqual(['dns', 'tcp', 'tls', 'http']);
  });

  test('an address needs no name service, and plain HTTP no TLS', async () => {
    expect(Object.keys((await check('HTTP')).times)).toEqual(['tcp', 'http']);
  });

  test('a port of unknown service is asked for a connection and no more', async () => {
    expect(Object.keys((await check('a port that accepts')).times)).toEqual(['tcp']);
  });

  test('an expired certificate is dated, and no HTTP is sent under it', async () => {
    const status = await check('expired');
    expect(status.tls?.daysLeft).toBe(-3);
    expect(status.http).toBeUndefined();
    expect(Object.keys(status.times)).toEqual(['dns', 'tcp', 'tls']);
  });

  test('the server is asked for the page, by its name', async () => {
    const asked: unknown[] = [];
    const server = await openHttp((request, answer) => {
      asked.push([request.method, request.url, request.headers.host]);
      answer.end();
    });
    await checkServer(readTarget(`http://known.test:${server.port}/page?q=1`), {
      timeout: 5_000,
      resolve: every.resolve,
    });
    await server.close();
    expect(asked).toEqual([['GET', '/page?q=1', `known.test:${server.port}`]]);
  });

  test('where a page has moved to, without a password, and that page is not asked for', async () => {
    const locations = ['/next?q=1', 'https://me:secret@elsewhere.test/\u00e4', 'http://[', undefined];
    const asked: unknown[] = [];
    const server = await openHttp((request, answer) => {
      asked.push(request.url);
      const location = locations[Number(request.url!.slice(1))];
      answer.writeHead(302, location === undefined ? {} : { location }).end();
    });
    const origin = `http://127.0.0.1:${server.port}`;
    const redirects = [];
    for (const number of locations.keys()) {
      const status = await checkServer(readTarget(`${origin}/${number}`), { timeout: 30_000 });
      redirects.push([status.state, status.http, status.redirect]);
    }
    await server.close();
    expect(redirects).toEqual([
      ['up', 302, `${origin}/next?q=1`],
      ['up', 302, 'https://elsewhere.test/%C3%A4'],
      ['up', 302, undefined],
      ['up', 302, undefined],
    ]);
    expect(asked).toEqual(['/0', '/1', '/2', '/3']);
  });

  test('under --insecure what is wrong with the certificate stands beside the state', async () => {
    const { host, timeout } = every.hosts.find(({ kind }) => kind === 'expired')!;
    const options = { timeout, ca: every.ca, resolve: every.resolve, insecure: true };
    const status = await checkServer(readTarget(host), options);
    expect(status).toMatchObject({ state: 'up', http: 200, tls: { daysLeft: -3, problem: 'CERT_HAS_EXPIRED' } });
  });

  test('a time is that of its step: a server that takes 100 ms to answer has them in http', async () => {
    const server = await openHttp((_, answer) => void setTimeout(() => answer.end(), 100));
    const { times } = await checkServer(readTarget(`http://127.0.0.1:${server.port}`), { timeout: 5_000 });
    await server.close();
    expect(times.http).toBeGreaterThanOrEqual(99); // timers may be up to 1 ms early
    expect(times.tcp).toBeLessThan(times.http!);
  });
});

/** Checks a name that has an address of IPv6 and one of IPv4, on which alone the servers here listen. */
function checkBoth(port: number): Promise<Status> {
  const addresses = [
    { address: '::1', family: 6 },
    { address: '127.0.0.1', family: 4 },
  ];
  return checkServer(readTarget(`known.test:${port}`), { timeout: 5_000, resolve: async () => addresses });
}

describe('a name with several addresses', () => {
  test('is up where one of them answers', async () => {
    const server = await openTcp(() => {});
    const status = await checkBoth(server.port);
    await server.close();
    expect(status).toMatchObject({ state: 'up', address: '127.0.0.1' });
  });

  test('is refused where none of them does', async () => {
    expect(await checkBoth(await closedPort())).toMatchObject({ state: 'refused', detail: 'ECONNREFUSED' });
  });
});

describe('a check gives back its resources', () => {
  test('its connection is closed, whatever came of it', async () => {
    const open = new Set<Socket>();
    const server = await openTcp((socket) => {
      open.add(socket);
      socket.on('close', () => open.delete(socket)).resume();
    });
    for (const protocol of ['http://', 'https://', '']) {
      await checkServer(readTarget(`${protocol}127.0.0.1:${server.port}`), { timeout: 100 });
    }
    await expect.poll(() => open.size).toBe(0);
    await server.close();
  });

  test('it ends at once, with the reason, when it is aborted', async () => {
    const server = await openTcp(() => {});
    const stop = new AbortController();
    const checking = checkServer(readTarget(`http://127.0.0.1:${server.port}`), {
      timeout: 60_000,
      signal: stop.signal,
    });
    stop.abort(new Error('enough'));
    await expect(checking).rejects.toThrow('enough');
    await server.close();
  });
});

test.each([0, -1, NaN, Infinity, 2 ** 31])(
  'a time limit of %d ms is refused: a timer would not keep it',
  async (timeout) => {
    const checking = checkServer(readTarget('127.0.0.1:9'), { timeout });
    await expect(checking).rejects.toThrow(
      `Expected \`timeout\` to be a number above 0 and at most 2147483647, got ${timeout}`,
    );
  },
);

// Elsewhere a full queue refuses, or admits, the next connection; Linux lets it wait.
test.runIf(process.platform === 'linux')('a server that drops connections is no connection in time', async () => {
  const child = forkForTest(new URL('./stuck-child.ts', import.meta.url));
  const [port] = (await once(child, 'message')) as [number];
  const waiting = Array.from({ length: 8 }, () => connect({ port, host: '127.0.0.1' }).on('error', () => {}));
  try {
    await expect
      .poll(async () => (await checkServer(readTarget(`127.0.0.1:${port}`), { timeout: 300 })).state)
      .toBe('no-connection');
  } finally {
    for (const socket of waiting) socket.destroy();
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
});
