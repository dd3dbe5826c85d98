// Where the commands find the database.

import { UsageError } from '@cookbook/lab/command';
import { backendOf } from './connection.ts';

/**
 * The connection of the option, or of the environment variable, which other users of the machine do not see.
 *
 * @throws UsageError where there is none, or it is none; the message does not hold it
 */
export function connectionOf(option: string | undefined): string {
  const connection = option ?? process.env['MACHINES_CONNECTION'];
  if (!connection) throw new UsageError('Expected --connection or the variable MACHINES_CONNECTION, got neither');
  try {
    backendOf(connection);
    return connection;
  } catch (error) {
    throw new UsageError((error as Error).message.replace('`connection`', '--connection'));
  }
}
