// A process that is killed inside a transaction.

import { openDatabase } from '../recipe.ts';

const [, folder] = process.argv.slice(2) as ['transaction', string];
process.on('disconnect', () => process.exit());
const database = openDatabase(folder);
database.exec('BEGIN IMMEDIATE; UPDATE counter SET value = value + 1000');
process.on('exit', () => database.close()); // also keeps it from being collected, which would end the transaction
process.send!('holding');
