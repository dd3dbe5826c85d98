import { setTimeout as sleep } from 'node:timers/promises';
import { goneAfter } from '@cookbook/lab/host';
import { Client } from 'undici';
import { afterEach, describe, expect, test } from 'vitest';
import { start } from '../../lab/test/run-program.ts';
import { serverLanes } from '../src/web-server-cores/proof/connection-lanes.ts';
import { ask, pidOf, TIMED_OUT } from '../src/web-server-cores/proof/request.ts';
import { killOne, serveUndisturbed } from '../src/web-server-cores/proof/restarts-and-kills.ts';
import { openServer } from '../src/web-server-cores/proof/server-and-load.ts';
import type { Server } from '../src/web-server-cores/proof/server-and-load.ts';
import { startCluster } from '../src/web-server-cores/recipe.ts';

const unit = { kernel: 'primes', repeats: 4 } as const;
const traffic = { workers: 2, connections: 8, unit };

const open: { close(): Promise<void> }[] = [];
const keep = <T extends { close(): Promise<void> }>(closable: T): T => {
  open.unshift(closable);
  return closable;
};
afterEach(async () => {
  for (const closable of open.splice(0)) await closable.close();
});

const connect = (server: Server): Client => keep(new Client(`http://127.0.0.1:${server.port}`));

describe('a cluster', () => {
  test('answers on one port from as many processes as it has workers, and not from the primary', async () => {
    const server = keep(await openServer(3));
    const pids = new Set<number>();
    for (let n = 0; n < 12; n++) pids.add(pidOf(await ask(connect(server), unit)));
    expect(pids).toEqual(new Set(server.pids));
  });

  test('a connection stays with its worker', async () => {
    const server = keep(await openServer(2));
    const client = connect(server);
    const pids = new Set<number>();
    for (let n = 0; n < 6; n++) pids.add(pidOf(await ask(client, unit)));
    expect(pids.size).toBe(1);
  });

  test('its workers compute at the same time', async () => {
    const lanes = keep(await serverLanes(2));
    const reports = await lanes.run([
      { ...unit, repeats: 60 },
      { ...unit, repeats: 60 },
    ]);
    expect(new Set(reports.map(({ lane }) => lane)).size).toBe(2);
    expect(Math.max(...reports.map(({ started }) => started))).toBeLessThan(
      Math.min(...reports.map(({ ended }) => ended)),
    );
  });

  test('of no workers is refused', async () => {
    const nothing = startCluster(new URL('../src/web-server-cores/proof/computing-worker.ts', import.meta.url), 0);
    await expect(nothing).rejects.toThrow('Expected `count` to be an integer from 1 up, got 0');
  });
});

test('under load every request is answered, by every worker', async () => {
  const { load } = await serveUndisturbed(traffic);
  expect(load.failed).toEqual([]);
  expect(Object.keys(load.byPid)).toHaveLength(2);
  expect(Object.values(load.byPid).reduce((sum, count) => sum + count, 0)).toBe(load.answered);
  expect(load.p99).toBeGreaterThanOrEqual(load.median);
});

test('a worker that is killed is replaced, and only requests on its own connections are lost', async () => {
  const { load, replacements, lostElsewhere, left } = await killOne(traffic);
  expect(lostElsewhere).toBe(0);
  expect(load.failed.length, 'it had requests under way').toBeGreaterThan(0);
  // Each at most twice: on the connection that it had, and on one that was on its way to the worker when that died.
  const timedOut = load.failed.filter(({ reason }) => reason === TIMED_OUT).length;
  expect(load.failed.length - timedOut).toBeLessThanOrEqual(traffic.connections);
  expect(timedOut).toBeLessThanOrEqual(traffic.connections);
  expect({ replacements, left }).toEqual({ replacements: 1, left: 0 });
});

describe.runIf(process.platform !== 'win32')('nothing is left', () => {
  const program = new URL('./fixtures/server-and-load.ts', import.meta.url);

  test.each(['SIGKILL', 'SIGINT'] as const)('when the program that uses it ends by %s, under load', async (signal) => {
    const { child, output, ended } = start(program, []);
    const pids = JSON.parse((await output(/\]/)).trim()) as number[];
    expect(pids.length).toBeGreaterThanOrEqual(3);
    await sleep(50);
    child.kill(signal);
    await ended;
    for (const pid of pids) expect(await goneAfter(pid, 20_000), `process ${pid} ends`).toBeDefined();
  });

  test('when the primary alone is killed', async () => {
    const server = await openServer(2);
    const { pids } = server;
    await server.close();
    for (const pid of pids) expect(await goneAfter(pid, 20_000), `process ${pid} ends`).toBeDefined();
  });
});
