// A PostgreSQL of our own in a folder: laid out, started, stopped. What it stores is not to survive anything.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chown, mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { ClientConfig } from 'pg';
import type { Binaries } from './binaries.ts';
import type { ServerUser } from './user.ts';

const USER = 'cookbook';
/** Some systems allow no longer path to a socket than 103 bytes. */
const LONGEST_SOCKET_PATH = 103;
const PATIENCE_MS = 5_000;

export interface Cluster {
  readonly pid: number;
  readonly connection: ClientConfig;
  /** Ends the server at once, and resolves when it is gone. */
  stop(): Promise<void>;
}

export interface ClusterOptions {
  /** Exists, belongs to the user of the server alone, and is removed by the caller. */
  readonly folder: string;
  readonly binaries: Binaries;
  readonly user: ServerUser | undefined;
  readonly signal: AbortSignal;
}

/**
 * Lays out a database in `folder` and starts its server.
 *
 * It listens on a socket in the folder, which no other user may enter; where that cannot be, on a port of the loopback that
 * the system chose, with a random password. `fsync` is off: a crash of the machine would corrupt what ends with the
 * program anyway.
 *
 * @throws Error with the server's last words where it does not start
 */
export async function startCluster({ folder, binaries, user, signal }: ClusterOptions): Promise<Cluster> {
  const data = path.join(folder, 'data');
  const passwordFile = path.join(folder, 'password');
  const password = randomBytes(24).toString('hex');
  await mkdir(data, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (user) for (const own of [data, passwordFile]) await chown(own, user.uid, user.gid);

  signal.throwIfAborted();
  const initialise = run(binaries.initdb, layoutOptions(data, passwordFile), folder, user);
  signal.addEventListener('abort', () => initialise.child.kill(), { once: true });
  const [code] = await once(initialise.child, 'close');
  signal.throwIfAborted();
  if (code !== 0) throw new Error(`Expected initdb to lay out a database, it said: ${initialise.said()}`);
  await rm(passwordFile);

  const socket = path.join(folder, '.s.PGSQL.5432');
  const onSocket = process.platform !== 'win32' && Buffer.byteLength(socket) <= LONGEST_SOCKET_PATH;
  const host = onSocket ? folder : '127.0.0.1';
  const port = onSocket ? 5_432 : await freePort(); // of a socket it is only part of the name
  const server = run(binaries.postgres, serverOptions(data, host, port, onSocket), folder, user);
  signal.addEventListener('abort', () => server.child.kill('SIGQUIT'), { once: true });
  await Promise.race([server.says(/ready to accept connections/), once(server.child, 'close')]);
  if (signal.aborted || hasEnded(server.child)) {
    await end(server.child);
    signal.throwIfAborted();
    throw new Error(`Expected PostgreSQL to start, it said: ${server.said()}`);
  }
  return {
    pid: server.child.pid!,
    connection: { host, port, user: USER, password, database: 'postgres' },
    stop: () => end(server.child),
  };
}

function layoutOptions(data: string, passwordFile: string): string[] {
  const access = ['--auth-local=trust', '--auth-host=scram-sha-256', `--username=${USER}`, `--pwfile=${passwordFile}`];
  return ['-D', data, ...access, '--no-locale', '--encoding=UTF8', '--no-sync', '--no-instructions'];
}

function serverOptions(data: string, host: string, port: number, onSocket: boolean): string[] {
  const listen = onSocket ? ['-h', '', '-k', host] : ['-h', host];
  const settings = [
    'fsync=off',
    'synchronous_commit=off',
    'full_page_writes=off',
    'max_connections=50',
    'shared_buffers=16MB',
    'lc_messages=C', // its line that it is ready is waited for
    // In the folder, not in a place of the system where a killed server leaves it behind.
    ...(process.platform === 'win32' ? [] : ['dynamic_shared_memory_type=mmap']),
  ];
  return ['-D', data, '-p', String(port), ...listen, ...settings.flatMap((setting) => ['-c', setting])];
}

function run(program: string, args: readonly string[], folder: string, user: ServerUser | undefined) {
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'ignore', 'pipe'],
    windowsHide: true,
    ...(user && { uid: user.uid, gid: user.gid }),
  });
  let stderr = '';
  const heard = new Set<() => void>();
  child.stderr.on('data', (text: Buffer) => {
    stderr = (stderr + text.toString()).slice(-2_000);
    for (const listener of heard) listener();
  });
  return {
    child,
    said: () => stderr.trim().split('\n').slice(-3).join(' '),
    says: (pattern: RegExp) =>
      new Promise<void>((resolve) => {
        heard.add(() => {
          if (pattern.test(stderr)) resolve();
        });
      }),
  };
}

/** A port of this machine that nobody listened on a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** SIGQUIT is PostgreSQL's immediate shutdown: its processes end without writing anything more. */
async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const gone = once(child, 'close');
  const killer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  child.kill('SIGQUIT');
  await gone;
  clearTimeout(killer);
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
