// Which result a command is about: the one that is named, or the latest that was not cut short.

import { UsageError } from '@cookbook/lab/command';
import { readResults } from './read.ts';
import { latest, nameOf } from './store.ts';
import type { Results } from './format.ts';

/** How far back to look for a run that was not cut short. */
const BACK = 20;

export interface Chosen {
  /** As it stands in messages. */
  readonly name: string;
  readonly results: Results;
}

/**
 * The result that `file` names, or else the latest in `folder` that was finished.
 *
 * @throws UsageError where there is none, or it cannot be read
 */
export async function chooseResults(file: string | undefined, folder: URL): Promise<Chosen> {
  if (file !== undefined) return { name: file, results: await readResults(file) };
  const finished = (await latest(folder, BACK)).find(({ results }) => results.finished !== undefined);
  if (finished === undefined) throw new UsageError('Expected a finished run in results/, found none: run pnpm start');
  return { name: nameOf(finished.file), results: finished.results };
}
