import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket as WsClient } from 'ws';
import { leftSince } from '../src/proof/resources.ts';
import { decode, encode, HEADER_BYTES } from '../src/websocket/proof/message.ts';
import { openFilesLimit } from '../src/websocket/proof/open-files.ts';
import { openHubAndClients } from '../src/websocket/proof/hub-and-clients.ts';
import { openHub } from '../src/websocket/recipe.ts';
import type { Hub } from '../src/websocket/recipe.ts';

const MIB = 2 ** 20;
const hubs: Hub[] = [];
const clients: WsClient[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) client.terminate();
  await Promise.all(hubs.splice(0).map((hub) => hub.close()));
});

async function open(mostBuffered: number, heartbeat?: number): Promise<Hub> {
  const hub = await openHub({ mostBuffered, ...(heartbeat !== undefined && { heartbeat }) });
  hubs.push(hub);
  return hub;
}

async function connect({ port }: Hub): Promise<WsClient> {
  const client = new WsClient(`ws://127.0.0.1:${port}`);
  clients.push(client);
  await once(client, 'open');
  return client;
}

test("the platform's own WebSocket receives what is broadcast, in order", async () => {
  const hub = await open(MIB);
  const client = new WebSocket(`ws://127.0.0.1:${hub.port}`);
  client.binaryType = 'arraybuffer';
  const heard: number[] = [];
  client.addEventListener('message', ({ data }) => heard.push(decode(Buffer.from(data as ArrayBuffer)).number));
  await once(client, 'open');
  for (let number = 0; number < 20; number++) hub.broadcast(encode(number, 0, 64));
  while (heard.length < 20) await sleep(1);
  expect(heard).toEqual(Array.from({ length: 20 }, (_, number) => number));
  const closed = once(client, 'close');
  client.close();
  await closed;
});

describe('a client that does not read', () => {
  test('is dropped as soon as more waits for it than is allowed, and not before', async () => {
    const hub = await open(MIB);
    const stalled = await connect(hub);
    stalled.pause();
    const message = encode(0, 0, 64 * 1_024);
    let before = 0;
    for (let sent = 0; hub.dropped() === 0 && sent < 1_000; sent++) {
      before = hub.mostBuffered();
      hub.broadcast(message);
    }
    expect(before).toBeLessThanOrEqual(MIB);
    expect(hub.mostBuffered()).toBeGreaterThan(MIB);
    expect(hub.mostBuffered()).toBeLessThanOrEqual(MIB + message.length + 16);
    for (let sent = 0; sent < 100; sent++) hub.broadcast(message);
    expect(hub.dropped()).toBe(1);
    const closed = once(stalled, 'close');
    stalled.resume();
    await closed;
    expect(hub.clients()).toBe(0);
  });

  test('costs the others no message: all are delivered in order, and no other is dropped', async () => {
    const both = await openHubAndClients({ readers: 5, stalled: 2, mostBuffered: MIB });
    try {
      const { hub, readers } = await both.broadcast(200, 64 * 1_024);
      expect(hub).toMatchObject({ clients: 7, dropped: 2 });
      expect(readers).toMatchObject({ delivered: 1_000, misplaced: 0, closed: 0 });
      expect(hub.mostBuffered).toBeLessThanOrEqual(MIB + 64 * 1_024 + 16);
    } finally {
      await both.close();
    }
  });

  test('grows the hub without limit where there is no limit on what waits for it', async () => {
    const both = await openHubAndClients({ readers: 2, stalled: 1, mostBuffered: Infinity });
    try {
      const { hub } = await both.broadcast(400, 64 * 1_024);
      expect(hub.dropped).toBe(0);
      expect(hub.mostBuffered).toBeGreaterThan(8 * MIB);
      expect(hub.held).toBeGreaterThan(8);
    } finally {
      await both.close();
    }
  });
});

describe('a heartbeat', () => {
  test('drops a client that is gone without a word, and keeps those that answer', { timeout: 5_000 }, async () => {
    const hub = await open(MIB, 50);
    const silent = new WsClient(`ws://127.0.0.1:${hub.port}`, { autoPong: false });
    clients.push(silent);
    await once(silent, 'open');
    const answering = await connect(hub);
    expect(hub.clients()).toBe(2);
    await once(silent, 'close');
    await sleep(200);
    expect([hub.clients(), hub.dropped()]).toEqual([1, 1]);
    expect(answering.readyState).toBe(WsClient.OPEN);
  });

  test('leaves no timer, and a hub may be closed twice', async () => {
    const before = process.getActiveResourcesInfo();
    const hub = await openHub({ mostBuffered: MIB });
    await hub.close();
    await hub.close();
    expect(await leftSince(before)).toEqual([]);
  });

  test('of 0 ms is refused', async () => {
    await expect(open(MIB, 0)).rejects.toThrow('Expected `heartbeat` to be above 0, got 0');
  });
});

test('a client that sends more than 1 MiB at once is closed, and the hub goes on', { timeout: 5_000 }, async () => {
  const hub = await open(MIB);
  const [loud, other] = [await connect(hub), await connect(hub)];
  loud.on('error', () => {}); // its socket may be gone before all is sent
  const closed = once(loud, 'close');
  loud.send(Buffer.alloc(MIB + 1));
  await closed;
  const heard = once(other, 'message');
  hub.broadcast(Buffer.from('hello'));
  expect(String((await heard)[0])).toBe('hello');
});

test('300 clients get 20 messages each, every one in order, twice', async () => {
  const both = await openHubAndClients({ readers: 300, mostBuffered: MIB });
  try {
    for (let round = 0; round < 2; round++) {
      const { readers } = await both.broadcast(20, 32);
      expect(readers).toMatchObject({ delivered: 6_000, misplaced: 0, closed: 0 });
    }
  } finally {
    await both.close();
  }
});

test('a signal ends both processes', async () => {
  const stop = new AbortController();
  const both = await openHubAndClients({ readers: 1, mostBuffered: MIB, signal: stop.signal });
  const sent = both.broadcast(1_000_000, 32);
  setTimeout(() => stop.abort(), 50);
  await expect(sent).rejects.toThrow('Expected an answer of process');
  await both.close();
  await expect(openHubAndClients({ readers: 1, mostBuffered: MIB, signal: stop.signal })).rejects.toThrow('aborted');
});

test('a message keeps its number and its time in any size', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      fc.double({ noNaN: true }),
      fc.integer({ min: HEADER_BYTES, max: 300 }),
      (number, sentAt, bytes) => {
        const message = encode(number, sentAt, bytes);
        expect(message).toHaveLength(bytes);
        expect(decode(message)).toEqual({ number, sentAt });
      },
    ),
  );
});

test('the limit of open files is a number above that of this process now', () => {
  expect(openFilesLimit()).toBeGreaterThan(64);
});

test('a bound of 0 bytes is refused', async () => {
  await expect(openHub({ mostBuffered: 0 })).rejects.toThrow('Expected `mostBuffered` to be above 0, got 0');
});
