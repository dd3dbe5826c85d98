import { expect, test } from 'vitest';
import { readTarget } from '../../src/server-status/index.ts';
import { openHttp } from '../../src/server-status/known-servers/servers.ts';
import { REMEMBERED, watchServers } from '../../src/server-status/watch.ts';
import type { Round } from '../../src/server-status/watch.ts';

const options = { concurrency: 4, timeout: 5_000, every: 1 };

test('each round has the state of now, the one before, and the history so far', async () => {
  let asked = 0;
  const server = await openHttp((_, answer) => answer.writeHead(++asked === 2 ? 500 : 200).end());
  const rounds: Round[] = [];
  for await (const round of watchServers([readTarget(`http://127.0.0.1:${server.port}`)], { ...options, rounds: 3 })) {
    rounds.push(round);
  }
  await server.close();
  expect(rounds.map(({ number }) => number)).toEqual([1, 2, 3]);
  expect(rounds.map(({ statuses }) => statuses[0]!.state)).toEqual(['up', 'server-error', 'up']);
  expect(rounds.map(({ before }) => before?.[0]!.state)).toEqual([undefined, 'up', 'server-error']);
  expect(rounds.map(({ histories }) => histories[0]!.map((time) => time !== null))).toEqual([
    [true],
    [true, false],
    [true, false, true],
  ]);
});

test('a history goes back so many rounds and no further', async () => {
  let last: Round | undefined;
  const server = await openHttp((_, answer) => answer.end());
  const targets = [readTarget(`127.0.0.1:${server.port}`)];
  for await (const round of watchServers(targets, { ...options, rounds: REMEMBERED + 5 })) last = round;
  await server.close();
  expect(last?.number).toBe(REMEMBERED + 5);
  expect(last?.histories[0]).toHaveLength(REMEMBERED);
});

test('a watch that is aborted ends in its pause', async () => {
  const stop = new AbortController();
  const server = await openHttp((_, answer) => answer.end());
  const rounds = watchServers([readTarget(`127.0.0.1:${server.port}`)], {
    ...options,
    every: 60_000,
    rounds: Infinity,
    signal: stop.signal,
  });
  await rounds.next();
  const next = rounds.next();
  stop.abort();
  await expect(next).rejects.toThrow('aborted');
  await server.close();
});
