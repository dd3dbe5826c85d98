// The process that stands between a program and its PostgreSQL. It ends the server and removes its folder, or drops the
// schema in somebody else's, when the channel to the program closes: because the program said so, or because it is gone.
//
// It leads a session of its own, so that neither Ctrl-C on the terminal nor a signal to the program's group reaches it;
// Windows has no sessions, there it does not listen to Ctrl-C.

import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ClientConfig } from 'pg';
import { findNative, reachableBinaries } from './binaries.ts';
import { startCluster } from './cluster.ts';
import { visit } from './guest.ts';
import { PostgresUnavailable } from './unavailable.ts';
import { findServerUser } from './user.ts';

export type FromSupervisor =
  | { readonly event: 'folder'; readonly folder: string }
  | { readonly event: 'ready'; readonly connection: ClientConfig; readonly place: string; readonly pid?: number }
  | { readonly event: 'failed'; readonly message: string; readonly unavailable: boolean };

const parentGone = new AbortController();
process.on('disconnect', () => parentGone.abort());
process.on('SIGINT', () => {});

const undo: (() => Promise<unknown>)[] = [];
try {
  await (process.argv[2] === 'guest' ? beGuest(process.env['DATABASE_URL'] ?? '') : beHost(process.argv[3]));
  if (!parentGone.signal.aborted) await new Promise((resolve) => parentGone.signal.addEventListener('abort', resolve));
} catch (error) {
  const { message } = error as Error;
  report({ event: 'failed', message, unavailable: error instanceof PostgresUnavailable });
} finally {
  for (const step of undo.toReversed()) await step().catch(() => {});
  if (process.connected) process.disconnect!();
}

async function beHost(native = findNative()): Promise<void> {
  const user = findServerUser();
  const folder = await mkdtemp(path.join(tmpdir(), 'cookbook-postgres-'));
  undo.push(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));
  report({ event: 'folder', folder });
  if (user) await chown(folder, user.uid, user.gid);
  const binaries = await reachableBinaries(native, folder, user);
  const cluster = await startCluster({ folder, binaries, user, signal: parentGone.signal });
  undo.push(() => cluster.stop());
  const place = `PostgreSQL of our own, ${user ? `run as ${user.name}, ` : ''}fsync off`;
  report({ event: 'ready', connection: cluster.connection, place, pid: cluster.pid });
}

async function beGuest(url: string): Promise<void> {
  const guest = await visit(url);
  undo.push(() => guest.leave());
  report({ event: 'ready', connection: guest.connection, place: 'the PostgreSQL that DATABASE_URL names' });
}

function report(message: FromSupervisor): void {
  if (process.connected) process.send!(message, () => {}); // the parent may go at any moment
}
