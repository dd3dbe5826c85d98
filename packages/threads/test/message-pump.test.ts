import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, expect, test } from 'vitest';
import { openClients } from '../src/message-pump/proof/clients.ts';
import { ask } from '../src/message-pump/ask.ts';
import type { Command } from '../src/message-pump/ask.ts';
import { startOwner } from '../src/message-pump/recipe.ts';

const pumps = new Map([1, 2, 4].map((clients) => [clients, openClients(clients)]));
afterAll(() => Promise.all([...pumps.values()].map((pump) => pump.close())));

test.each([
  ['add', 1, 500],
  ['add', 2, 2_000],
  ['add', 4, 1_000],
  ['add, unanswered', 2, 20_000],
  ['add, unanswered', 4, 10_000],
] as const)('%s by %i clients: every one of %i commands each is counted', async (way, clients, times) => {
  expect(await pumps.get(clients)!.run(way, times)).toBe(clients * times);
});

test.each([2, 4])('get, then set by %i clients that meet in between: all but one update is lost', async (clients) => {
  expect(await pumps.get(clients)!.run('get, then set', 1)).toBe(1);
});

test('get, then set by one client loses nothing', async () => {
  expect(await pumps.get(1)!.run('get, then set', 500)).toBe(500);
});

test('every run begins at 0', async () => {
  const pump = pumps.get(2)!;
  expect([await pump.run('add', 3), await pump.run('add', 3)]).toEqual([6, 6]);
});

test('a pump that is closed rejects instead of waiting for ever', async () => {
  const pump = openClients(1);
  await pump.close();
  await expect(pump.run('add', 1)).rejects.toThrow('Expected the threads to be running, but one has ended');
});

test('two callers of one port at once get their own answers', async () => {
  const { connect, close } = startOwner();
  const port = connect();
  const answers = [3, 4, 5].map((value) => ask(port, { kind: 'add', value }));
  expect(await Promise.all(answers)).toEqual([3, 7, 12]);
  port.close();
  await close();
});

test('callers that wait when the owner ends are rejected, all of them', async () => {
  const { connect, close } = startOwner();
  const port = connect();
  await ask(port, { kind: 'get' });
  const ended = close();
  const answers = await Promise.allSettled([1, 2].map((value) => ask(port, { kind: 'add', value })));
  await ended;
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});

test('ten thousand questions leave one listener on their port', async () => {
  const { connect, close } = startOwner();
  const port = connect();
  for (let n = 0; n < 10_000; n++) await ask(port, { kind: 'add', value: 1 });
  expect(port.listenerCount('message')).toBe(1);
  expect(port.listenerCount('close')).toBe(1);
  port.close();
  await close();
});

test('a command that cannot be sent, and one that the owner cannot do, reject alone', async () => {
  const { connect, close } = startOwner();
  const port = connect();
  const answers = await Promise.allSettled([
    ask(port, { kind: 'add', value: (() => {}) as never }),
    ask(port, { kind: 'add', value: 1 }),
    ask(port, { kind: 'multiply' as never }),
    ask(port, { kind: 'add', value: 2 }),
    ask(port, { kind: 'add', value: 4, unanswered: true } as Command),
    ask(port, { kind: 'get' }),
  ]);
  await close();
  expect(answers).toMatchObject([
    { reason: { name: 'DataCloneError' } },
    { value: 1 },
    { reason: { name: 'TypeError' } },
    { value: 3 },
    { value: 7 },
    { value: 7 },
  ]);
});

const CLOSED = 'Expected an answer of the owner, but its port has closed';

test('a port that was closed rejects every question', async () => {
  const { connect, close } = startOwner();
  const [used, fresh] = [connect(), connect()];
  await ask(used, { kind: 'get' });
  for (const port of [used, fresh]) {
    port.close();
    await expect(ask(port, { kind: 'get' })).rejects.toThrow(CLOSED);
    await expect(ask(port, { kind: 'get' })).rejects.toThrow(CLOSED);
  }
  await close();
});

test('an owner that was closed, twice, rejects every question, on new ports too', async () => {
  const { connect, close } = startOwner();
  const port = connect();
  await ask(port, { kind: 'get' });
  await Promise.all([close(), close()]);
  for (const late of [port, port, connect()]) await expect(ask(late, { kind: 'get' })).rejects.toThrow(CLOSED);
});

test('an owner that fails rejects with its error as the cause, and the program lives on', async () => {
  const { owner, connect } = startOwner();
  const port = connect();
  await ask(port, { kind: 'get' });
  const asked = ask(port, { kind: 'get' }).catch((error: unknown) => error);
  const gone = new Promise((resolve) => owner.once('exit', resolve)); // it may be gone before the question rejects
  owner.postMessage('no port'); // the owner throws outside of any command
  await asked;
  await gone;
  for (const late of [port, connect()]) {
    const error = await ask(late, { kind: 'get' }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ message: CLOSED, cause: { name: 'TypeError' } });
  }
});

test('thousands of runs leave the heap flat', async () => {
  const pump = openClients(1);
  const runs = async (count: number): Promise<number> => {
    for (let n = 0; n < count; n++) await pump.run('add', 1);
    return usedHeap();
  };
  const before = await runs(1_000);
  const growth = (await runs(4_000)) - before;
  await pump.close();
  expect(growth / 4_000, 'bytes a run').toBeLessThan(100);
});

function usedHeap(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
