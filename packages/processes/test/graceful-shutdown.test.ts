import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '@cookbook/lab/host';
import { Client } from 'undici';
import { onTestFinished, expect, test } from 'vitest';
import { isHealthy, runLoad } from '../src/graceful-shutdown/proof/load.ts';
import { openServer } from '../src/graceful-shutdown/proof/server.ts';
import type { Server } from '../src/graceful-shutdown/proof/server.ts';
import type { ServerOptions } from '../src/graceful-shutdown/proof/server-child.ts';
import { SHUT_DOWN, shutDownOnSignal } from '../src/graceful-shutdown/recipe.ts';

const posix = process.platform !== 'win32';

async function open(options: Partial<ServerOptions> = {}): Promise<Server> {
  const server = await openServer({ way: 'graceful', notice: 0, finish: 10_000, cleanUp: 10_000, ...options });
  onTestFinished(() => server.close());
  return server;
}

/** A client on one connection, which it keeps where it may. */
function clientOf({ port }: Pick<Server, 'port'>) {
  const client = new Client(`http://127.0.0.1:${port}`, { keepAliveTimeout: 60_000 });
  onTestFinished(() => client.destroy());
  return async (path: string): Promise<{ text: string; connection: unknown }> => {
    const { headers, body } = await client.request({ method: 'GET', path });
    return { text: await body.text(), connection: headers['connection'] };
  };
}

/** Resolves when the server has a request under way whose headers it has not sent. */
async function underWay(server: Server, ms: number) {
  const ask = clientOf(server);
  await ask('/?ms=0');
  const answer = ask(`/?ms=${ms}`);
  answer.catch(() => {}); // a test looks at it later
  await sleep(50);
  expect(await isHealthy(server.port)).toBe(true); // sent later on another connection, and answered
  return { answer };
}

/** Names that the server sends as it releases them. */
function releasedBy({ child }: Server): string[] {
  const names: string[] = [];
  child.on('message', (name: string) => names.push(name));
  return names;
}

test('of a load under which a server shuts down no request is lost, and it ends with 0', async () => {
  const [leaving, staying] = await Promise.all([open({ notice: 300 }), open({ way: 'exit' })]);
  const load = await runLoad({ requests: 600, leaving, staying, signal: new AbortController().signal });
  expect(load).toEqual({ answered: 600, lost: [] });
  expect((await leaving.ended).how).toBe(0);
});

test('the same load loses requests where the server calls process.exit', async () => {
  const [leaving, staying] = await Promise.all([open({ way: 'exit' }), open({ way: 'exit' })]);
  const { answered, lost } = await runLoad({
    requests: 300,
    leaving,
    staying,
    signal: new AbortController().signal,
  });
  expect(lost.length).toBeGreaterThan(0);
  expect(answered + lost.length).toBe(300);
});

test('during the notice health is 503, and new connections are answered, each once', async () => {
  const server = await open({ notice: 1_500 });
  expect(await isHealthy(server.port)).toBe(true);
  server.ask();
  await expect.poll(() => isHealthy(server.port)).toBe(false);
  expect(await clientOf(server)('/?ms=0')).toEqual({ text: 'done', connection: 'close' });
  const { how, ms } = await server.ended;
  expect(how).toBe(0);
  expect(ms).toBeGreaterThanOrEqual(1_490);
});

test('a request that is under way is answered, however long after the notice, for the last time on its connection', async () => {
  const server = await open();
  const { answer } = await underWay(server, 1_000);
  server.ask();
  expect(await answer).toEqual({ text: 'done', connection: 'close' });
  expect((await server.ended).how).toBe(0);
});

test('an answer that has begun is sent whole, and its connection is not waited for', async () => {
  const server = await open();
  const client = new Client(`http://127.0.0.1:${server.port}`, { keepAliveTimeout: 60_000 });
  onTestFinished(() => client.destroy());
  const { body } = await client.request({ method: 'GET', path: '/streamed?ms=500' });
  server.ask();
  expect(await body.text()).toBe('begun, done');
  expect(await server.ended).toMatchObject({ how: 0 });
});

test('of two servers of one process both answer what is under way, whichever is done first', async () => {
  const server = await open({ servers: 2 });
  const clients = server.ports.map((port) => clientOf({ port }));
  await Promise.all(clients.map((ask) => ask('/?ms=0')));
  const answers = clients.map((ask, at) => ask(`/?ms=${400 + 600 * at}`));
  await sleep(50);
  expect(await Promise.all(server.ports.map(isHealthy))).toEqual([true, true]);
  server.ask();
  expect((await Promise.all(answers)).map(({ text }) => text)).toEqual(['done', 'done']);
  expect((await server.ended).how).toBe(0);
});

test('a connection at rest is not waited for', async () => {
  const server = await open();
  await clientOf(server)('/?ms=0');
  server.ask();
  expect((await server.ended).how).toBe(0);
});

test('a request that takes longer than its limit is cut off; the rest is released, and the exit code is 1', async () => {
  const server = await open({ finish: 200, release: ['one', 'two'] });
  const released = releasedBy(server);
  const { answer } = await underWay(server, 60_000);
  server.ask();
  await expect(answer).rejects.toThrow();
  expect((await server.ended).how).toBe(1);
  expect(released).toEqual(['one', 'two']);
});

test('resources are released in order, once requests are answered; one that fails with undefined stops no other', async () => {
  const server = await open({ release: ['throws', 'pool', 'log'] });
  const released = releasedBy(server);
  const { answer } = await underWay(server, 500);
  server.ask();
  await sleep(100);
  expect(released).toEqual([]);
  expect((await answer).text).toBe('done');
  expect((await server.ended).how).toBe(1);
  expect(released).toEqual(['throws', 'pool', 'log']);
});

test('a release that never ends does not keep the process', async () => {
  const server = await open({ finish: 100, cleanUp: 200, release: ['hangs', 'never'] });
  const released = releasedBy(server);
  server.ask();
  const { how, ms } = await server.ended;
  expect(how).toBe(1);
  expect(ms).toBeGreaterThanOrEqual(290);
  expect(released).toEqual(['hangs']);
});

test.runIf(posix)(
  'a second signal within 500 ms is the first again; one that comes later ends the process',
  async () => {
    const server = await open();
    await underWay(server, 60_000);
    server.ask('SIGINT');
    server.ask('SIGTERM');
    await sleep(300);
    expect(isAlive(server.child.pid!)).toBe(true);
    await sleep(700);
    server.ask('SIGTERM');
    expect((await server.ended).how).toBe(1);
  },
);

test('a message asks for the same', async () => {
  const server = await open({ release: ['pool'] });
  const released = releasedBy(server);
  server.child.send('something else');
  server.child.send(SHUT_DOWN);
  expect((await server.ended).how).toBe(0);
  expect(released).toEqual(['pool']);
});

test.each([-1, NaN, Infinity])('a time of %d is refused', (ms) => {
  expect(() => shutDownOnSignal([], { finish: ms })).toThrow(`Expected \`finish\` to be 0 to 600000 ms, got ${ms}`);
});

test('1,000 requests leave nothing behind', async () => {
  const before = process.listeners('SIGTERM');
  const server = createServer((_, response) => response.end('done'));
  const stopping = shutDownOnSignal([server]);
  const added = process.listeners('SIGTERM').filter((listener) => !before.includes(listener));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    onTestFinished(
      () =>
        void process
          .listeners(signal)
          .slice(-1)
          .map((listener) => process.off(signal, listener)),
    );
  }
  onTestFinished(
    () =>
      void process
        .listeners('message')
        .slice(-1)
        .map((listener) => process.off('message', listener)),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new Client(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  for (let n = 0; n < 1_000; n++) await (await client.request({ method: 'GET', path: '/' })).body.dump();
  await client.close();
  server.close();
  expect(added.length).toBe(1);
  expect(stopping.aborted).toBe(false);
  expect(server.listenerCount('request')).toBe(2);
  expect(process.listenerCount('SIGTERM')).toBe(before.length + 1);
});
