// From paths, or from an index in a file, to documents that can be searched.

import { UsageError } from '@cookbook/lab/command';
import { findFiles, PathError } from '../files/find-files.ts';
import { Places } from '../files/places.ts';
import { readDocuments } from '../files/read-documents.ts';
import type { FileCounts, Unit } from '../files/read-documents.ts';
import { RecordError } from '../files/records.ts';
import { IndexFileError, readIndex } from './index-file.ts';
import type { Collection } from './index-file.ts';
import { SearchIndex } from './search-index.ts';

/** Where the documents are: in files, or in an index that was made of them. */
export type Source = { readonly paths: readonly string[]; readonly unit: Unit } | { readonly index: string };

export interface LoadedCollection extends Collection {
  /** Of the files that were read now; undefined where an index was. */
  readonly counts?: FileCounts;
}

export interface LoadOptions {
  readonly signal?: AbortSignal;
  /** Called after every document that was read. */
  readonly onDocument?: (documents: number) => void;
}

/**
 * Reads the documents.
 *
 * @returns `collection` is undefined where there is no word in any document
 * @throws UsageError where a path leads nowhere, a file of records is none, or an index is no index
 */
export async function loadCollection(
  source: Source,
  options: LoadOptions = {},
): Promise<{ collection: LoadedCollection | undefined; counts?: FileCounts }> {
  try {
    if ('index' in source) return { collection: await readIndex(source.index) };
    return await readPaths(source, options);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof PathError) {
      throw new UsageError(`Expected PATH to be a file, a folder or a pattern that finds one, got '${error.message}'`);
    }
    if (error instanceof RecordError || error instanceof IndexFileError) throw new UsageError(error.message);
    if ('index' in source && code !== undefined) {
      throw new UsageError(`Expected --index to be a file that can be read, got '${source.index}' (${code})`);
    }
    throw error;
  }
}

async function readPaths(
  { paths, unit }: Extract<Source, { paths: unknown }>,
  { signal, onDocument }: LoadOptions,
): Promise<{ collection: LoadedCollection | undefined; counts: FileCounts }> {
  const counts: FileCounts = { files: 0, binary: 0, unreadable: 0 };
  const places = new Places();
  let words = false;
  const documents = async function* (): AsyncGenerator<string> {
    for await (const text of readDocuments(await findFiles(paths), unit, { places, counts })) {
      onDocument?.(places.length);
      words ||= /[\p{L}\p{N}_]{2}/u.test(text);
      yield text;
    }
  };
  try {
    const index = await SearchIndex.of(documents(), signal);
    return { collection: { index, places, unit, counts }, counts };
  } catch (error) {
    // Without a word there is no vocabulary, which the vectorizer refuses; here it means that nothing is found.
    if (error instanceof RangeError && !words) return { collection: undefined, counts };
    throw error;
  }
}
