// Asks for a document that takes its time and for one that is not there, with a try around both. Ends with status 0
// where the error was caught.

import { Pool } from 'undici';
import { getDocument } from '../../proof/get-document.ts';
import { startedThenAwaited, together } from '../recipe.ts';
import type { Form } from './early-rejection.ts';

const [origin, name] = process.argv.slice(2) as [string, Form];
const form = name === 'together' ? together : startedThenAwaited;
const pool = new Pool(origin);
process.on('disconnect', () => process.exit(3));

/** The server knows no document of that number, and says so at once. */
const NONE = -1;

try {
  await form([0, NONE], (number) => getDocument(pool, number));
  process.exit(2); // nothing was wrong
} catch {
  process.exit(0);
}
