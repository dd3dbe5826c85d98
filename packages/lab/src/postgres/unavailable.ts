/** PostgreSQL cannot be had on this machine; the message says why. */
export class PostgresUnavailable extends Error {
  override readonly name = 'PostgresUnavailable';
}
