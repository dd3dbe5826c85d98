// A database for a test file and workers for a test: real ones.

import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort, openPostgres, postgresLack, urlOf } from '@cookbook/lab/postgres';
import { onTestFinished } from 'vitest';
import { endWithTest, TIED } from '../../../lab/test/ends-with-test.ts';
import type { Order } from '../fixtures/tasks-task.ts';

export interface Database {
  readonly url: string;
  close(): Promise<void>;
}

const noRedis = spawnSync('redis-server', ['--version']).status === 0 ? undefined : 'there is no redis-server here';

/** Each kind of database with why this machine cannot run it, undefined where it can; the name says it too. */
export const KINDS = [
  { kind: named('PostgreSQL', postgresLack('')), lack: postgresLack(''), open: openOwnPostgres },
  { kind: named('Redis', noRedis), lack: noRedis, open: openRedis },
] as const;

function named(kind: string, lack: string | undefined): string {
  return lack === undefined ? kind : `${kind}, which cannot be had: ${lack}`;
}

async function openOwnPostgres(): Promise<Database> {
  const postgres = await openPostgres({ databaseUrl: '' });
  return { url: urlOf(postgres.connection), close: () => postgres.close() };
}

/** On a port of the loopback; keeps nothing on disk. It ends with this process, however that ends. */
async function openRedis(): Promise<Database> {
  const port = await freePort();
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const keeper = spawn(
    process.execPath,
    [...TIED, fileURLToPath(new URL('../fixtures/keeper.ts', import.meta.url)), 'redis-server', ...options],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  for await (const text of keeper.stdout) if (String(text).includes('Ready to accept connections')) break;
  return {
    url: `redis://127.0.0.1:${port}`,
    async close() {
      keeper.stdin.end();
      await once(keeper, 'exit');
    },
  };
}

/** The folder of the tasks of these tests. */
export const TASKS = fileURLToPath(new URL('../fixtures/', import.meta.url));
export const TASK: URL = new URL('../fixtures/tasks-task.ts', import.meta.url);

export interface TestWorker {
  readonly child: ChildProcess;
  /** What it has said on stderr. */
  said(): string;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

/** Starts the command `pnpm worker`, and waits until it is ready. It ends with the test. */
export async function startWorkerForTest(
  url: string,
  { lanes = 1, lease = 1_500, marks = '', tasks = TASKS, args = [] as readonly string[] } = {},
): Promise<TestWorker> {
  const program = fileURLToPath(new URL('../../src/worker/main.ts', import.meta.url));
  const settings = ['--lanes', String(lanes), '--lease', String(lease), '--tasks', tasks, ...args];
  const child = endWithTest(
    spawn(process.execPath, [...TIED, program, ...settings], {
      stdio: ['pipe', 'inherit', 'pipe'],
      env: { ...process.env, MACHINES_CONNECTION: url, ...(marks && { MARKS: marks }) },
    }),
  );
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal }));
  while (!said.includes('ready')) {
    if (child.exitCode !== null) throw new Error(`Expected the worker to start, it said: ${said}`);
    await sleep(10);
  }
  return { child, said: () => said, ended };
}

/** A file that tasks write a line to for each input that they run; `read` gives the lines. */
export function marksForTest(): { readonly file: string; read(): string[] } {
  const folder = mkdtempSync(path.join(tmpdir(), 'cookbook-marks-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'marks');
  return {
    file,
    read() {
      try {
        return readFileSync(file, 'utf8').split('\n').filter(Boolean);
      } catch {
        return [];
      }
    },
  };
}

export function orders(count: number, more: (n: number) => Partial<Order> = () => ({})): Order[] {
  return Array.from({ length: count }, (_, n) => ({ n, ...more(n) }));
}

/** The results that so many orders have. */
export function tripled(count: number): number[] {
  return Array.from({ length: count }, (_, n) => n * 3);
}
