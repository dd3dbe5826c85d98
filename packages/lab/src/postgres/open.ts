// A real PostgreSQL for as long as a program needs it: one of our own, or a schema in the one that DATABASE_URL names.

import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { rm } from 'node:fs/promises';
import type { ClientConfig } from 'pg';
import { goneAfter } from '../host/alive.ts';
import { findNative } from './binaries.ts';
import { checkUrl } from './guest.ts';
import type { FromSupervisor } from './supervisor.ts';
import { PostgresUnavailable } from './unavailable.ts';
import { findServerUser } from './user.ts';

export interface Postgres {
  /** For `new pg.Client(...)` and `new pg.Pool(...)`. */
  readonly connection: ClientConfig;
  /** In words: whose server it is, and how it is set up. */
  readonly place: string;
  /** Of the server of our own: its process, and the folder with its data. */
  readonly pid?: number;
  readonly folder?: string;
  /** The process that ends the server when this one is gone. */
  readonly supervisor: number;
  /** Ends the server and removes its data, or drops our schema; resolves when that is done. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface PostgresOptions {
  readonly signal?: AbortSignal;
  /** The folder with PostgreSQL's `bin`, `lib` and `share`; that of the npm package unless given. */
  readonly native?: string;
  /** URL of a server to make a schema in; the value of DATABASE_URL unless given, '' for a server of our own. */
  readonly databaseUrl?: string;
}

/**
 * Starts PostgreSQL, or makes a schema in the one that DATABASE_URL names. Takes about a second.
 *
 * Whatever becomes of this process, SIGKILL included, the server ends and its folder is removed: a process of its own
 * sees to that. A program that forgets to close it ends all the same.
 *
 * @throws PostgresUnavailable where this machine cannot run it, with the reason
 */
export async function openPostgres({
  signal,
  native,
  databaseUrl = process.env['DATABASE_URL'] ?? '',
}: PostgresOptions = {}): Promise<Postgres> {
  signal?.throwIfAborted();
  const args = databaseUrl ? ['guest'] : ['host', ...(native === undefined ? [] : [native])];
  const child = fork(new URL('./supervisor.ts', import.meta.url), args, {
    execArgv: [],
    detached: process.platform !== 'win32', // a session of its own
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { ...process.env, DATABASE_URL: databaseUrl },
  });
  let folder: string | undefined;
  let pid: number | undefined;
  let closing = false;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const cleaned = gone.then(() => (closing ? undefined : cleanUp(pid, folder)));
  const close = async (): Promise<void> => {
    closing = child.exitCode === null && child.signalCode === null;
    child.ref();
    if (child.connected) child.disconnect();
    await cleaned;
  };
  const abort = (): void => void close();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const ready = await firstWord(child, (named) => (folder = named));
    pid = ready.pid;
    child.unref();
    child.channel?.unref();
    const own = { ...(pid !== undefined && { pid }), ...(folder !== undefined && { folder }) };
    const end = async (): Promise<void> => {
      signal?.removeEventListener('abort', abort);
      await close();
    };
    const { connection, place } = ready;
    return { connection, place, supervisor: child.pid!, ...own, close: end, [Symbol.asyncDispose]: end };
  } catch (error) {
    await close();
    signal?.throwIfAborted();
    throw error;
  }
}

/** Why this machine cannot run PostgreSQL, as far as can be seen without starting it; undefined where it seems to. */
export function postgresLack(databaseUrl = process.env['DATABASE_URL'] ?? ''): string | undefined {
  try {
    if (databaseUrl) checkUrl(databaseUrl);
    else {
      findNative();
      findServerUser();
    }
    return undefined;
  } catch (error) {
    if (error instanceof PostgresUnavailable) return error.message;
    throw error;
  }
}

type Ready = FromSupervisor & { event: 'ready' };

function firstWord(child: ChildProcess, onFolder: (folder: string) => void): Promise<Ready> {
  const { promise, resolve, reject } = Promise.withResolvers<Ready>();
  child.on('message', (message: FromSupervisor) => {
    if (message.event === 'folder') onFolder(message.folder);
    else if (message.event === 'ready') resolve(message);
    else reject(message.unavailable ? new PostgresUnavailable(message.message) : new Error(message.message));
  });
  child.once('error', reject);
  child.once('exit', (code, signal) =>
    reject(new Error(`Expected PostgreSQL to start, its supervisor ended with ${signal ?? `exit code ${code}`}`)),
  );
  return promise;
}

/** What the supervisor would have done, where it was killed itself. */
async function cleanUp(pid: number | undefined, folder: string | undefined): Promise<void> {
  if (pid !== undefined) {
    try {
      process.kill(pid, 'SIGQUIT');
      await goneAfter(pid, 5_000);
    } catch {
      // It has ended by itself.
    }
  }
  if (folder !== undefined) await rm(folder, { recursive: true, force: true, maxRetries: 10 });
}
