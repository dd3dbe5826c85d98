import { afterEach, describe, expect, test } from 'vitest';
import { openHost } from '../src/io-in-workers/proof/host.ts';
import { openTasks, openThreads } from '../src/io-in-workers/recipe.ts';
import { checkDocument, openServer } from '../src/proof/server/index.ts';
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
    const fetcher = keep(await open(4));
    const bodies = await fetcher.fetchAll(urlsOf(server, 13));
    expect(bodies).toHaveLength(13);
    for (const [number, body] of bodies.entries()) checkDocument(number, body);
    expect(await server.counts()).toMatchObject({ requests: 13, documents: 13, mostInFlight: 4 });
  });

  test('reject where the server answers an error', async () => {
    const server = await serve({ errorRate: 1 });
    const fetcher = keep(await open(2));
    await expect(fetcher.fetchAll(urlsOf(server, 2))).rejects.toThrow(/Expected status 200 of .*, got 500/);
  });
});

test('threads take more memory for it than async tasks, by more than 2 MiB each', async () => {
  const server = await serve({ delay: 5 });
  const grown = async (how: 'tasks' | 'threads'): Promise<number> => {
    const host = keep(openHost(how, 6));
    await host.run({ origin: server.origin, requests: 12 });
    const report = await host.run({ origin: server.origin, requests: 12 });
    expect(report.right).toBe(12);
    return report.grown;
  };
  expect((await grown('threads')) - (await grown('tasks'))).toBeGreaterThan(6 * 2);
});

test('a host reports the error of a request or of a document, and a signal ends it', async () => {
  const server = await serve({ errorRate: 1 });
  const host = keep(openHost('tasks', 1));
  await expect(host.run({ origin: server.origin, requests: 1 })).rejects.toThrow('got 500');
  await server.reset({ bodyBytes: 4 });
  await expect(host.run({ origin: server.origin, requests: 1 })).rejects.toThrow('to have 256 bytes, got 4');
  await server.reset({ delay: 60_000 });
  const stop = new AbortController();
  const running = keep(openHost('threads', 1, stop.signal)).run({ origin: server.origin, requests: 1 });
  setTimeout(() => stop.abort(), 20);
  await expect(running).rejects.toThrow('ended with exit code null');
});
