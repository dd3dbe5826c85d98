// One failure stops the rest of a batch, in every recipe of the chapter that works on a batch.

import { once } from 'node:events';
import * as fs from 'node:fs';
import * as fsPromises from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { withFolder } from '@cookbook/lab/cleanup';
import { pipeline } from '../src/async-plus-threads/recipe.ts';
import { openThreads as openComputing } from '../src/concurrency-vs-parallelism/recipe.ts';
import { throughLimit } from '../src/database-pool/recipe.ts';
import type { Queryable } from '../src/database-pool/recipe.ts';
import { mapLimited } from '../src/fail-fast/recipe.ts';
import { fetchAll } from '../src/faults/recipe.ts';
import { readLimited, streamLimited } from '../src/files/recipe.ts';
import { loadAt } from '../src/how-many-at-once/recipe.ts';
import { openTasks, openThreads } from '../src/io-in-workers/recipe.ts';
import * as network from '../src/network/recipe.ts';
import * as sequentialAwait from '../src/sequential-await/recipe.ts';

vi.mock('node:fs', async (original) => {
  const actual = await original<typeof fs>();
  return { ...actual, createReadStream: vi.fn<typeof fs.createReadStream>(actual.createReadStream) };
});
vi.mock('node:fs/promises', async (original) => {
  const actual = await original<typeof fsPromises>();
  return { ...actual, readFile: vi.fn<typeof fsPromises.readFile>(actual.readFile) };
});

const INPUTS = Array.from({ length: 200 }, (_, number) => number);
const FAILING = 2;
const WIDTH = 8;

/** A call that counts how many were begun, and of them those that are under way. */
function failing() {
  const seen = { begun: 0, running: 0 };
  const call = async (number: number): Promise<number> => {
    seen.begun++;
    seen.running++;
    try {
      await sleep(number === FAILING ? 5 : 10);
      if (number === FAILING) throw new Error('the third failed');
      return number;
    } finally {
      seen.running--;
    }
  };
  return { seen, call };
}

type Call = (number: number) => Promise<number>;

const batches: readonly (readonly [string, (call: Call) => Promise<unknown>])[] = [
  ['mapLimited', (call) => mapLimited(INPUTS, WIDTH, call)],
  ["network's limited", (call) => network.limited(INPUTS, call, WIDTH)],
  ["sequential-await's limited", (call) => sequentialAwait.limited(INPUTS, call)],
  [
    'throughLimit',
    (call) => {
      const pool = { query: ({ text }: { text: string }) => call(Number(text)) } as unknown as Queryable;
      const queries = INPUTS.map((number) => ({ text: String(number) }));
      return throughLimit(pool, queries, WIDTH);
    },
  ],
  [
    'pipeline that fails to download',
    (call) =>
      pipeline(INPUTS, {
        limit: WIDTH / 2,
        download: async (number) => new ArrayBuffer(await call(number)),
        compute: (document) => document.byteLength,
      }),
  ],
  [
    'pipeline that fails to compute',
    (call) =>
      pipeline(INPUTS, {
        limit: WIDTH / 2,
        download: async (number) => new ArrayBuffer(number),
        compute: (document) => call(document.byteLength),
      }),
  ],
  ['load', (call) => loadAt(WIDTH, { requests: INPUTS.length, ask: call, isRefusal: () => false })],
];

test.each(batches)('%s: after the third of 200 has failed no other begins, and none is under way', async (_, batch) => {
  const { seen, call } = failing();
  await expect(batch(call)).rejects.toThrow('the third failed');
  expect(seen.running).toBe(0);
  await sleep(30);
  expect(seen.begun).toBeLessThanOrEqual(WIDTH);
});

test.each([
  ['readLimited', readLimited, (): number => vi.mocked(fsPromises.readFile).mock.calls.length],
  ['streamLimited', streamLimited, (): number => vi.mocked(fs.createReadStream).mock.calls.length],
] as const)('%s: after the third of 200 files was not there no other is opened', async (_, read, opened) => {
  const files = INPUTS.map((number) =>
    number === FAILING ? `${import.meta.filename}-not-there` : import.meta.filename,
  );
  const before = opened();
  await expect(read(files, 'length', WIDTH)).rejects.toThrow('ENOENT');
  await sleep(50);
  expect(opened() - before).toBeLessThan(50); // each of the others that ended before the failure let one more begin
});

test('threads that compute: after the third of 200 has failed no other begins, and two calls at once are kept apart', async () => {
  await withFolder('cookbook-one-failure', async (folder) => {
    const module = path.join(folder, 'task.mjs');
    const begun = path.join(folder, 'begun');
    const code = `import { appendFileSync } from 'node:fs';
      export default async (input) => {
        appendFileSync(${JSON.stringify(begun)}, '.');
        await new Promise((resolve) => setTimeout(resolve, 2));
        if (input === ${FAILING}) throw new Error('the third failed');
        return input;
      };`;
    await fsPromises.writeFile(module, code);
    const threads = openComputing(pathToFileURL(module), 2);
    try {
      await expect(threads.run(INPUTS)).rejects.toThrow('the third failed');
      await sleep(100);
      expect((await fsPromises.stat(begun)).size).toBeLessThan(10);
      expect(await Promise.all([threads.run([10, 11]), threads.run([12, 13])])).toEqual([
        [10, 11],
        [12, 13],
      ]);
    } finally {
      await threads.close();
    }
  });
});

describe('from a server whose third document is an error', () => {
  let origin: string;
  let requests = 0;
  const server = createServer(({ url }, response) => {
    requests++;
    const isFailing = url === `/document/${FAILING}`;
    setTimeout(() => response.writeHead(isFailing ? 500 : 200).end('text'), isFailing ? 20 : 1_000);
  });
  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => void (requests = 0));
  afterAll(() => server.close().closeAllConnections());

  test.each([
    ['async tasks', openTasks],
    ['threads', openThreads],
  ] as const)('%s ask for no other', async (_, open) => {
    const fetcher = await open(4);
    try {
      const urls = INPUTS.slice(0, 40).map((number) => `${origin}/document/${number}`);
      await expect(fetcher.fetchAll(urls)).rejects.toThrow('got 500');
      await sleep(300);
      expect(requests).toBeLessThanOrEqual(4); // one that has not left yet when another fails is cancelled
    } finally {
      await fetcher.close();
    }
  });

  test('fetchAll whose `take` throws asks for no other', async () => {
    const client = {
      async request(url: string) {
        const answer = await fetch(url);
        return { status: answer.status, headers: {}, body: await answer.bytes() };
      },
    };
    const take = (): never => {
      throw new Error('the disk is full');
    };
    const fetched = fetchAll(client, { origin, numbers: INPUTS.slice(0, 40), limit: 4, take });
    await expect(fetched).rejects.toThrow('the disk is full');
    expect(requests).toBeLessThanOrEqual(5); // the third document's answer let one more begin
  });
});
