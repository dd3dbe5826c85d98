// A process that is killed while it holds the lock, or is inside a transaction.

import path from 'node:path';
import { FileLock } from '../../file-lock/recipe.ts';
import { openDatabase } from '../recipe.ts';

const [way, folder] = process.argv.slice(2) as ['lock file' | 'transaction', string];
process.on('disconnect', () => process.exit());
if (way === 'lock file') {
  new FileLock(path.join(folder, 'lock')).acquire();
} else {
  const database = openDatabase(folder);
  database.exec('BEGIN IMMEDIATE; UPDATE counter SET value = value + 1000');
  process.on('exit', () => database.close()); // also keeps it from being collected, which would end the transaction
}
process.send!('holding');
