// Asks for a document that takes its time and for one that is not there, with a try around both. Ends with status 0
// where the error was caught.

import { Pool } from 'undici';
import { download } from '../../network/recipe.ts';
import { startedThenAwaited, together } from '../recipe.ts';

const [origin, name] = process.argv.slice(2) as [string, string];
const way = name === 'together' ? together : startedThenAwaited;
const pool = new Pool(origin);
process.on('disconnect', () => process.exit(3));

/** The server knows no document of that number, and says so at once. */
const NONE = -1;

try {
  await way([0, NONE], (number) => download(pool, number));
  process.exit(2); // nothing was wrong
} catch {
  process.exit(0);
}
