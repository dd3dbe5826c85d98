import { execFileSync } from 'node:child_process';
import { darkScreen, figureOf } from '@cookbook/lab/claim';
import { openPostgres, postgresLack, urlOf } from '@cookbook/lab/postgres';
import type { Postgres } from '@cookbook/lab/postgres';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { startLeasedWorker } from '../src/killed-worker/recipe.ts';
import { killHalfWay } from '../src/killed-worker/proof/kill.ts';
import { map } from '../src/map-over-machines/recipe.ts';
import { freshName } from '../src/proof/database.ts';
import { startProcess } from '../src/proof/worker-process.ts';

describe.runIf(postgresLack('') === undefined)('a worker that is killed', () => {
  let postgres: Postgres;
  let url: string;
  beforeAll(async () => {
    postgres = await openPostgres({ databaseUrl: '' });
    url = urlOf(postgres.connection);
  });
  afterAll(() => postgres?.close());

  test('loses its job to another, which runs all inputs of it again', async () => {
    const context = { budget: 0, signal: new AbortController().signal, screen: darkScreen };
    const figures = (await killHalfWay(url, context)).flatMap((finding) => finding.figures);
    expect(figureOf(figures, 'right').median).toBe(1_000);
    expect(figureOf(figures, 'effects').median).toBe(1_000);
    expect(figureOf(figures, 'tries').median).toBeGreaterThan(1_000);
  });

  test('is named to the worker that found its job, and the job fails where it may lose no worker', async () => {
    const name = freshName('losses');
    const child = new URL('./fixtures/endless-child.ts', import.meta.url);
    const victim = await startProcess(child, { url, name });
    const mapped = map(url, name, [{ n: 1 }], 1);
    mapped.catch(() => {});
    await new Promise((resolve) => victim.child.once('message', resolve)); // it has the job
    await victim.end('SIGKILL');
    const lost: string[] = [];
    const task = new URL('./fixtures/batch-task.ts', import.meta.url);
    const worker = startLeasedWorker(url, name, task, { lease: 500, losses: 0, onLost: (id) => lost.push(id) });
    onTestFinished(() => worker.close());
    await expect(mapped).rejects.toThrow(/stalled more than allowable limit/);
  });

  test.skipIf(process.platform === 'win32')(
    'leaves no lane behind, whose errors would have nobody to go to',
    async () => {
      const name = freshName('orphans');
      const victim = await startProcess(new URL('./fixtures/endless-child.ts', import.meta.url), { url, name });
      const given = new Promise((resolve) => victim.child.once('message', resolve));
      map(url, name, [{ n: 1 }], 1).catch(() => {}); // goes on until the database is gone
      await given;
      const lanes = childrenOf(victim.pid);
      expect(lanes.length).toBeGreaterThan(0);
      await victim.end('SIGKILL');
      await vi.waitUntil(() => !lanes.some(isAlive), { timeout: 10_000, interval: 50 });
    },
  );
});

function childrenOf(parent: number): number[] {
  const all = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).trim().split('\n');
  const rows = all.map((row) => row.trim().split(/\s+/));
  return rows
    .filter(([, ppid, ...args]) => Number(ppid) === parent && args.join(' ').includes('bullmq'))
    .map(([pid]) => Number(pid));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
