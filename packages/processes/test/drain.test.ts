import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { goneAfter } from '@cookbook/lab/host';
import { Client } from 'undici';
import { afterEach, describe, expect, test } from 'vitest';
import { drain } from '../src/drain/recipe.ts';
import { ask, pidOf } from '../src/web-server-cores/proof/request.ts';
import { restartAll } from '../src/web-server-cores/proof/restarts-and-kills.ts';
import { openServer } from '../src/web-server-cores/proof/server-and-load.ts';

const unit = { kernel: 'primes', repeats: 4 } as const;
const traffic = { workers: 2, connections: 8, unit };

const open: { close(): unknown }[] = [];
const keep = <T extends { close(): unknown }>(closable: T): T => {
  open.unshift(closable);
  return closable;
};
afterEach(async () => {
  for (const closable of open.splice(0)) await closable.close();
});

describe('a server that drains', () => {
  test('answers a request that it has begun, and refuses new connections meanwhile', async () => {
    const server = await listen(100);
    const [client, late] = [connect(server), connect(server)];
    const answer = client.request({ method: 'GET', path: '/' });
    await once(server, 'request');
    const drained = drain(server, 5_000);
    await expect(late.request({ method: 'GET', path: '/' })).rejects.toThrow('ECONNREFUSED');
    expect(await (await answer).body.text()).toBe('done');
    await (await client.request({ method: 'GET', path: '/' })).body.text(); // the last on its connection
    await drained;
    expect(server.listening).toBe(false);
  });

  test('answers a request on a connection that rested, for the last time', async () => {
    const server = await listen(0);
    const client = connect(server);
    await (await client.request({ method: 'GET', path: '/' })).body.text();
    const drained = drain(server, 5_000);
    const { headers, body } = await client.request({ method: 'GET', path: '/' });
    expect(await body.text()).toBe('done');
    expect(headers['connection']).toBe('close');
    await drained;
  });

  test('closes a connection that rests, once its limit is over, and not before', async () => {
    const server = await listen(0);
    const client = connect(server);
    await (await client.request({ method: 'GET', path: '/' })).body.text();
    const start = performance.now();
    await drain(server, 200);
    expect(performance.now() - start).toBeGreaterThanOrEqual(190);
  });

  test('that does not listen is refused', async () => {
    await expect(drain(createServer())).rejects.toThrow('Server is not running');
  });
});

test('a restart of workers that are disconnected alone loses requests', async () => {
  const { load } = await restartAll(traffic, 'disconnect');
  expect(load.failed.length).toBeGreaterThan(0);
});

test('a restart of workers that drain loses no request, and leaves no old worker', async () => {
  const { load, replacements, left } = await restartAll(traffic, 'drain');
  expect(load.failed).toEqual([]);
  expect({ replacements, left }).toEqual({ replacements: 2, left: 0 });
  expect(Object.keys(load.byPid).length, 'old and new ones answered').toBeGreaterThan(2);
});

test('a client that keeps its connection does not keep a worker that drains', { timeout: 20_000 }, async () => {
  const server = keep(await openServer(1));
  const [old] = server.pids;
  const client = connectTo(server.port);
  expect(pidOf(await ask(client, unit))).toBe(old);
  const [fresh] = await server.restart('drain'); // while the connection rests
  expect(fresh).not.toBe(old);
  expect(await goneAfter(old!, 20_000), 'the old one').toBeDefined();
});

async function listen(ms: number): Promise<HttpServer> {
  const server = keep(
    createServer(async (_, response) => {
      await sleep(ms);
      response.end('done');
    }),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function connect(server: HttpServer): Client {
  return connectTo((server.address() as AddressInfo).port);
}

function connectTo(port: number): Client {
  return keep(new Client(`http://127.0.0.1:${port}`));
}
