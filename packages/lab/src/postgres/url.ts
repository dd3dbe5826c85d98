// A connection as one string, for programs that take no other.

import type { ClientConfig } from 'pg';

/** The connection to a server of our own as a URL; the host may be the folder of its socket. It holds the password. */
export function urlOf({ host, port, user, password, database }: ClientConfig): string {
  return `postgres://${user}:${String(password)}@${encodeURIComponent(host!)}:${port}/${database}`;
}
