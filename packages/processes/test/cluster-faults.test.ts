// What becomes of a cluster whose workers fail, and of one that is asked to end.

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { goneAfter, isAlive } from '@cookbook/lab/host';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { forkForTest } from '../../lab/test/ends-with-test.ts';

type Mode = 'good' | 'fails at start' | 'dies soon' | 'never listens' | 'deaf';
type Listening = { readonly port: number; readonly pids: readonly number[] };

let folder: string;
let primary: ChildProcess;
beforeEach(() => void (folder = mkdtempSync(path.join(tmpdir(), 'cluster-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const deploy = (mode: Mode): void => writeFileSync(path.join(folder, 'mode'), mode);
const forks = (): number[] => readFileSync(path.join(folder, 'forks'), 'utf8').trim().split('\n').map(Number);

/** Starts a primary; `next` resolves with the value of its next report of that name. */
function start(count: number, mode: Mode) {
  deploy(mode);
  const stdio = ['pipe', 'ignore', 'pipe', 'ipc'] as const;
  const program = new URL('./fixtures/cluster-primary.ts', import.meta.url);
  primary = forkForTest(program, [folder, String(count)], { stdio: [...stdio] });
  const reports: [string, unknown][] = [];
  let stderr = '';
  primary.stderr!.on('data', (text: Buffer) => (stderr += text.toString()));
  primary.on('message', (report: [string, unknown]) => reports.push(report));
  const next = async <T>(name: string, limit = 20_000): Promise<T> => {
    for (const end = performance.now() + limit; performance.now() < end; await sleep(5)) {
      const at = reports.findIndex(([event]) => event === name);
      if (at !== -1) return reports.splice(at, 1)[0]![1] as T;
    }
    throw new Error(`Expected a report '${name}' within ${limit} ms, got ${JSON.stringify(reports)} ${stderr}`);
  };
  return { next, send: (what: 'restart' | 'close') => void primary.send(what) };
}

const ask = async (port: number): Promise<number> =>
  Number(await (await fetch(`http://127.0.0.1:${port}`, { headers: { connection: 'close' } })).text());

const allGone = async (pids: readonly number[]): Promise<void> => {
  for (const pid of pids) expect(await goneAfter(pid, 10_000), `process ${pid} ends`).toBeDefined();
};

describe('a worker that fails', () => {
  test('at its start rejects the start of the cluster, and no worker is left', async () => {
    const { next } = start(2, 'fails at start');
    expect(await next('failed')).toBe('Expected a worker to listen within 30000 ms, it ended with exit code 3');
    await allGone(forks());
  });

  test('soon after every start is replaced after longer and longer pauses, until the cluster gives up', async () => {
    const { next } = start(1, 'dies soon');
    expect(await next('failed')).toBe('Expected a worker to go on, it ended with exit code 4');
    expect(forks()).toHaveLength(6);
    await sleep(500);
    expect(forks()).toHaveLength(6);
  });

  test('in a new version does not end the others: the place of a dead one is given up with the last error', async () => {
    const { next } = start(2, 'good');
    const { port, pids } = await next<Listening>('listening');
    deploy('fails at start');
    process.kill(pids[0]!, 'SIGKILL');
    expect(await next('failed')).toBe('Expected a worker to listen within 30000 ms, it ended with exit code 3');
    expect(forks()).toHaveLength(2 + 5);
    expect(await ask(port)).toBe(pids[1]);
  });

  test('in a restart rejects it, and the old ones stay; the next restart with a good version replaces all', async () => {
    const { next, send } = start(2, 'good');
    const { port, pids } = await next<Listening>('listening');
    deploy('fails at start');
    send('restart');
    expect(await next('failed')).toContain('it ended with exit code 3');
    expect(pids).toContain(await ask(port));
    deploy('good');
    send('restart');
    const fresh = await next<number[]>('restart');
    expect(fresh).toHaveLength(2);
    expect(fresh.some((pid) => pids.includes(pid))).toBe(false);
    await allGone(pids);
  });
});

describe('a restart', () => {
  test('goes on where an old worker dies meanwhile, which is replaced once', async () => {
    const { next, send } = start(3, 'good');
    const { pids } = await next<Listening>('listening');
    send('restart');
    process.kill(pids[2]!, 'SIGKILL');
    process.kill(pids[0]!, 'SIGKILL');
    const fresh = await next<number[]>('restart');
    await sleep(300);
    expect(fresh).toHaveLength(3);
    expect(fresh.every(isAlive)).toBe(true);
    expect(
      forks()
        .filter(isAlive)
        .toSorted((a, b) => a - b),
    ).toEqual(fresh.toSorted((a, b) => a - b));
  });

  test('waits for the one before it: two at once leave as many workers as there were', async () => {
    const { next, send } = start(2, 'good');
    await next('listening');
    send('restart');
    send('restart');
    await next('restart');
    const fresh = await next<number[]>('restart');
    expect(forks()).toHaveLength(6);
    expect(
      forks()
        .filter(isAlive)
        .toSorted((a, b) => a - b),
    ).toEqual(fresh.toSorted((a, b) => a - b));
  });

  test('kills a worker that does not end when it is asked to', async () => {
    const { next, send } = start(1, 'deaf');
    const { pids } = await next<Listening>('listening');
    deploy('good');
    send('restart');
    expect(await next<number[]>('restart')).toHaveLength(1);
    await allGone(pids);
  });
});

describe('a cluster that is closed', () => {
  test('has answered what it had begun, refuses a restart, and is closed twice', async () => {
    const { next, send } = start(2, 'good');
    const { port, pids } = await next<Listening>('listening');
    const answer = ask(port);
    await sleep(100);
    send('close');
    send('close');
    expect(pids).toContain(await answer);
    await next('closed');
    await next('close');
    expect(await next('close')).toEqual([]);
    send('restart');
    expect(await next('failed')).toBe('Expected an open cluster, it is closed');
    await allGone(forks());
  });

  test.runIf(process.platform !== 'win32').each(['the primary', 'all of the group'])(
    'by SIGTERM to %s answers what it had begun, and ends with status 0',
    async (target) => {
      const { next } = start(2, 'good');
      const { port, pids } = await next<Listening>('listening');
      const answers = [ask(port), ask(port)];
      await sleep(100);
      if (target === 'all of the group') for (const pid of pids) process.kill(pid, 'SIGTERM');
      primary.kill('SIGTERM');
      expect(await once(primary, 'exit')).toEqual([0, null]);
      expect((await Promise.all(answers)).toSorted((a, b) => a - b)).toEqual(pids.toSorted((a, b) => a - b));
      await allGone(forks());
      expect(forks()).toHaveLength(2);
    },
  );
});
