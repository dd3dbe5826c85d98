import { afterEach, describe, expect, test } from 'vitest';
import { openHost } from '../src/io-in-workers/proof/host.ts';
import { openTasks, openThreads } from '../src/io-in-workers/recipe.ts';
import { openServer } from '../src/proof/server/index.ts';
import type { Behaviour, TestServer } from '../src/proof/server/index.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one.close();
});

function keep<T extends { close(): Promise<void> }>(one: T): T {
  opened.push(one);
  return one;
}

const serve = async (behaviour: Partial<Behaviour>): Promise<TestServer> => keep(await openServer(behaviour));
const urlsOf = ({ origin }: TestServer, count: number): string[] =>
  Array.from({ length: count }, (_, number) => `${origin}/document/${number}`);

describe.each([
  ['async tasks', openTasks],
  ['threads', openThreads],
] as const)('%s', (_, open) => {
  test('fetch every document once, as many at a time as asked', async () => {
    const server = await serve({ delay: 150 });
    const asker = keep(await open(4));
    expect(await asker.ask(urlsOf(server, 13))).toBe(13);
    expect(await server.counts()).toMatchObject({ requests: 13, documents: 13, mostInFlight: 4 });
  });

  test('reject where a document is not what it must be', async () => {
    const server = await serve({ errorRate: 1 });
    const asker = keep(await open(2));
    await expect(asker.ask(urlsOf(server, 2))).rejects.toThrow('to have 256 bytes, got 4');
  });
});

test('threads take more memory for it than async tasks, by more than 2 MiB each', async () => {
  const server = await serve({ delay: 5 });
  const grown = async (how: 'tasks' | 'threads'): Promise<number> => {
    const host = keep(openHost(how, 6));
    await host.ask({ origin: server.origin, requests: 12 });
    const asked = await host.ask({ origin: server.origin, requests: 12 });
    expect(asked.right).toBe(12);
    return asked.grown;
  };
  expect((await grown('threads')) - (await grown('tasks'))).toBeGreaterThan(6 * 2);
});

test('a host tells what a request failed by, and a signal ends a host', async () => {
  const server = await serve({ errorRate: 1 });
  await expect(keep(openHost('tasks', 1)).ask({ origin: server.origin, requests: 1 })).rejects.toThrow(
    'to have 256 bytes, got 4',
  );
  await server.reset({ delay: 60_000 });
  const stop = new AbortController();
  const asked = keep(openHost('threads', 1, stop.signal)).ask({ origin: server.origin, requests: 1 });
  setTimeout(() => stop.abort(), 20);
  await expect(asked).rejects.toThrow('ended with exit code null');
});
