// As whom the server runs: it refuses to run as root.

import { spawnSync } from 'node:child_process';
import { PostgresUnavailable } from './unavailable.ts';

export interface ServerUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** The usual names; the last one is on nearly every system. */
const NAMES = ['postgres', '_postgres', 'nobody'];

/**
 * The user to run the server as, undefined where it is the one who runs this.
 *
 * @throws PostgresUnavailable where this is root, and the system knows none of the users
 */
export function findServerUser(names: readonly string[] = NAMES): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of names) {
    const [uid, gid] = [askId('-u', name), askId('-g', name)];
    if (uid !== undefined && gid !== undefined) return { name, uid, gid };
  }
  throw new PostgresUnavailable(`PostgreSQL does not run as root, and there is no user ${names.join(', ')} here`);
}

function askId(option: string, name: string): number | undefined {
  const { status, stdout } = spawnSync('id', [option, name], { encoding: 'utf8' });
  const id = Number(stdout);
  return status === 0 && Number.isInteger(id) && id > 0 ? id : undefined;
}
