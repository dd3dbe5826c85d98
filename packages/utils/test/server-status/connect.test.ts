// Several addresses of one name. The sockets are connected by the test, in whatever order it likes.

import { once } from 'node:events';
import { Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, test } from 'vitest';
import { checkServer, readTarget } from '../../src/server-status/index.ts';
import { openTcp } from '../../src/server-status/known-servers/servers.ts';
import { connect } from '../../src/server-status/steps/connect.ts';
import type { Address } from '../../src/server-status/steps/names.ts';

const SIX = { address: '2001:db8::1', family: 6 };
const FOUR = { address: '192.0.2.1', family: 4 };

/** Starts a connection whose next attempt begins after `delay` ms; `sockets` are those opened so far. */
function attempt(addresses: readonly Address[], delay: number, signal = new AbortController().signal) {
  const sockets: Socket[] = [];
  const opened: string[] = [];
  const open = ({ address }: Address): Socket => {
    opened.push(address);
    sockets.push(new Socket());
    return sockets.at(-1)!;
  };
  return { sockets, opened, connected: connect(addresses, 443, signal, { open, delay }) };
}

const failure = (code: string): Error => Object.assign(new Error(code), { code });

test('a slow address keeps its attempt while others are tried, and may be the one that answers', async () => {
  const { sockets, opened, connected } = attempt([FOUR, SIX], 1);
  await expect.poll(() => opened).toEqual([FOUR.address, SIX.address]);
  sockets[1]!.emit('error', failure('ENETUNREACH'));
  expect(sockets[0]!.destroyed).toBe(false);
  sockets[0]!.emit('connect');
  expect(await connected).toBe(sockets[0]);
});

test('the attempts that are not needed any more are ended, and no other starts', async () => {
  const { sockets, opened, connected } = attempt([FOUR, SIX, FOUR], 1);
  await expect.poll(() => opened.length).toBe(3);
  sockets[1]!.emit('connect');
  await connected;
  expect(sockets.map(({ destroyed }) => destroyed)).toEqual([true, false, true]);
  sockets[0]!.emit('error', failure('ECONNREFUSED'));
  expect(opened).toHaveLength(3);
});

test('an address that fails has the next one tried at once, families in turn', async () => {
  const other = { address: '2001:db8::2', family: 6 };
  const { sockets, opened, connected } = attempt([SIX, other, FOUR], 1e6);
  sockets[0]!.emit('error', failure('ENETUNREACH'));
  expect(opened).toEqual([SIX.address, FOUR.address]);
  sockets[1]!.emit('connect');
  expect(await connected).toBe(sockets[1]);
});

test('it fails when all have failed, with all of their errors', async () => {
  const { sockets, connected } = attempt([SIX, FOUR], 1e6);
  sockets[0]!.emit('error', failure('ENETUNREACH'));
  sockets[1]!.emit('error', failure('ETIMEDOUT'));
  await expect(connected).rejects.toMatchObject({ errors: [{ code: 'ENETUNREACH' }, { code: 'ETIMEDOUT' }] });
});

test('an abort ends every attempt', async () => {
  const stop = new AbortController();
  const { sockets, opened, connected } = attempt([SIX, FOUR], 1, stop.signal);
  await expect.poll(() => opened.length).toBe(2);
  stop.abort(new Error('enough'));
  await expect(connected).rejects.toThrow('enough');
  expect(sockets.every(({ destroyed }) => destroyed)).toBe(true);
});

describe('an address of one link', () => {
  test('is no address without its interface', async () => {
    expect(await checkServer(readTarget('[fe80::1]:80'), { timeout: 30_000 })).toMatchObject({
      state: 'no-interface',
      detail: 'no interface is named',
    });
  });

  const [name, own] =
    Object.entries(networkInterfaces()).flatMap(([zone, addresses]) =>
      addresses!.filter(({ address }) => address.startsWith('fe80:')).map(({ address }) => [zone, address] as const),
    )[0] ?? [];
  test.skipIf(own === undefined || process.platform === 'win32')(
    'is reached by the interface after the %',
    async () => {
      const server = await openTcp(() => {}, '::');
      const status = await checkServer(readTarget(`[${own}%${name}]:${server.port}`), { timeout: 30_000 });
      await server.close();
      expect(status).toMatchObject({ state: 'up' });
    },
  );
});

test('of the system, a name with an address that does not answer is up by the other', async () => {
  const server = await openTcp(() => {});
  const open = new Set<Socket>();
  const { address: host, family } = { address: '127.0.0.1', family: 4 };
  const connected = await connect([SIX, { address: host, family }], server.port, AbortSignal.timeout(30_000), {
    delay: 1,
    open: ({ address }, port) => {
      const socket = address === host ? new Socket().connect(port, host) : new Socket(); // the other never answers
      open.add(socket);
      return socket;
    },
  });
  expect(connected.remoteAddress).toBe(host);
  expect([...open].filter(({ destroyed }) => !destroyed)).toEqual([connected]);
  connected.destroy();
  await once(connected, 'close');
  await server.close();
});
