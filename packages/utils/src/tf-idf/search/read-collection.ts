// From paths to documents in an index.

import { findFiles } from '../files/find-files.ts';
import type { WalkOptions } from '../files/ignore-rules.ts';
import { Places } from '../files/places.ts';
import { readDocuments } from '../files/read-documents.ts';
import type { FileCounts, ReadDocument, Unit } from '../files/read-documents.ts';
import type { Image } from './index/layout.ts';
import { imageOf } from './image-of.ts';

export interface CollectionSource {
  readonly paths: readonly string[];
  readonly unit: Unit;
  readonly walk: WalkOptions;
}

/** An index in memory, where its documents stand, and what was passed over. */
export interface Collection {
  readonly image: Image;
  readonly places: Places;
  readonly counts: FileCounts;
}

export interface ReadOptions {
  readonly signal?: AbortSignal;
  /** Called after every document that was read. */
  readonly onDocument?: (documents: number) => void;
}

/**
 * Reads and indexes the documents.
 *
 * @throws PathError where a path leads nowhere, RecordError where no record has the field, the signal's reason when aborted
 */
export async function readCollection(
  { paths, unit, walk }: CollectionSource,
  { signal, onDocument }: ReadOptions = {},
): Promise<Collection> {
  const counts: FileCounts = { files: 0, binary: 0, unreadable: 0, badRecords: 0 };
  const places = new Places();
  const files = await findFiles(paths, walk);
  const documents = async function* (): AsyncGenerator<ReadDocument> {
    for await (const document of readDocuments(files, unit, { places, counts })) {
      onDocument?.(places.length);
      yield document;
    }
  };
  return { image: await imageOf(documents(), signal), places, counts };
}
