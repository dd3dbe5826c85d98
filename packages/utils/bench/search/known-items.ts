// The judged set: queries as a person types them, each for one thing that is known to be there, and the documents to find
// it in. Written before any engine had ranked one of them; every second one is held out: nothing was tuned on it.

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findFiles } from '../../src/tf-idf/files/find-files.ts';
import { Places } from '../../src/tf-idf/files/places.ts';
import { readDocuments } from '../../src/tf-idf/files/read-documents.ts';
import { BROWN_FOLDER, readBrown } from '../../src/tf-idf/proof/brown.ts';

export interface KnownItem {
  readonly half: 'tuned' | 'held-out';
  readonly corpus: CorpusName;
  readonly query: string;
  /** The names of the documents that are the item: any of them will do. */
  readonly find: readonly string[];
}

export type CorpusName = 'repository' | 'brown';

export interface NamedDocument {
  readonly name: string;
  readonly text: string;
}

const DATA = 'packages/utils/test/tf-idf/search/data';

/** The queries. */
export function readKnownItems(): KnownItem[] {
  return JSON.parse(
    readFileSync(new URL(`../../../../${DATA}/known-items.json`, import.meta.url), 'utf8'),
  ) as KnownItem[];
}

/** The files of this repository but for the queries themselves, what was measured with them, and the versions of packages. */
export async function readRepository(): Promise<NamedDocument[]> {
  const root = fileURLToPath(new URL('../../../../', import.meta.url));
  const files = await findFiles([root], {
    exclude: [DATA, 'pnpm-lock.yaml', 'packages/utils/src/tf-idf/search/README.md'],
  });
  const state = { places: new Places(), counts: { files: 0, binary: 0, unreadable: 0, badRecords: 0 } };
  const documents: NamedDocument[] = [];
  for await (const { text, name } of readDocuments(files, { kind: 'file' }, state))
    documents.push({ text, name: name! });
  return documents;
}

/** The samples of the Brown Corpus, by their names: ca01. */
export function readNamedBrown(): NamedDocument[] {
  const names = readdirSync(BROWN_FOLDER)
    .filter((name) => /^c[a-r]\d\d$/.test(name))
    .toSorted();
  return readBrown().map((text, n) => ({ name: names[n]!, text }));
}
