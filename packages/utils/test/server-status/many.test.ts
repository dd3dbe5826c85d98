import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkServers, readTarget } from '../../src/server-status/index.ts';
import type { Status } from '../../src/server-status/index.ts';
import { openHttp } from '../../src/server-status/known-servers/servers.ts';
import type { KnownServer } from '../../src/server-status/known-servers/servers.ts';

let running = 0;
let highest = 0;
let asked = 0;
let server: KnownServer;
beforeEach(async () => {
  running = highest = asked = 0;
  server = await openHttp((request, answer) => {
    asked += 1;
    running += 1;
    highest = Math.max(highest, running);
    setTimeout(
      () => {
        running -= 1;
        answer.end();
      },
      Number(new URLSearchParams(request.url!.slice(2)).get('ms')),
    );
  });
});
afterEach(() => server.close());

const targets = (delays: readonly number[]) =>
  delays.map((ms) => readTarget(`http://127.0.0.1:${server.port}/?ms=${ms}`));

describe('never more servers are asked at the same time than the limit', () => {
  test.each([1, 3, 12])('limit %i of 12', async (concurrency) => {
    await checkServers(targets(Array.from({ length: 12 }, () => 20)), { concurrency, timeout: 5_000 });
    expect({ highest, asked }).toEqual({ highest: concurrency, asked: 12 });
  });
});

test('statuses are in the order of the servers, and reported in the order in which they are known', async () => {
  const seen: Status[] = [];
  const given = targets([150, 1, 75]);
  const statuses = await checkServers(given, {
    concurrency: 3,
    timeout: 5_000,
    onStatus: (one) => void seen.push(one),
  });
  expect(statuses.map(({ target }) => target)).toEqual(given);
  expect(seen.map(({ target }) => target)).toEqual([given[1], given[2], given[0]]);
});

test('a slow server does not hold up the others under a limit', async () => {
  const seen: Status[] = [];
  const given = targets([400, 1, 1, 1, 1]);
  await checkServers(given, { concurrency: 2, timeout: 5_000, onStatus: (one) => void seen.push(one) });
  expect(seen.at(-1)?.target).toBe(given[0]);
});

test("the time limit is each one's own: waiting for a turn does not count", async () => {
  const statuses = await checkServers(targets([150, 150, 150, 150]), { concurrency: 1, timeout: 400 });
  expect(statuses.map(({ state }) => state)).toEqual(['up', 'up', 'up', 'up']);
});

test.each([0, 1.5, NaN])('a concurrency of %d is refused', async (concurrency) => {
  await expect(async () => checkServers([], { concurrency, timeout: 1 })).rejects.toThrow(/^Expected `concurrency`/);
});

test('when it is aborted no other check starts', async () => {
  const stop = new AbortController();
  const checking = checkServers(targets([50, 50, 50, 50]), {
    concurrency: 1,
    timeout: 5_000,
    signal: stop.signal,
    onStatus: () => stop.abort(new Error('enough')),
  });
  await expect(checking).rejects.toThrow('enough');
  await new Promise((resolve) => setTimeout(resolve, 120));
  expect(asked).toBe(1);
});
