// `tf-idf search`.

import type { PlaceList, StampedPlace } from '../files/places.ts';
import type { FileCounts, Unit } from '../files/read-documents.ts';
import { excerptsOf } from '../search/excerpt.ts';
import type { Hit } from '../search/rank/explain.ts';
import { SearchIndex } from '../search/search-index.ts';
import type { Answer } from '../search/search-index.ts';
import type { Request, Source } from './arguments.ts';
import { describeWords, drawHit, hitToJson, summarize } from './draw.ts';
import type { FileState, HitWithExcerpts } from './draw.ts';
import { withUsageErrors } from './usage-errors.ts';

/** Lines of a document that a search shows. */
const LINES = 3;

interface Opened {
  readonly index: SearchIndex;
  readonly places: PlaceList;
  readonly unit: Unit;
  /** Of the files that were read now; undefined where an index was. */
  readonly counts?: FileCounts;
}

/**
 * Searches and prints what is found.
 *
 * @returns the exit status: 0 where something is found, else 1
 * @throws UsageError with one line
 */
export async function search(request: Extract<Request, { task: 'search' }>): Promise<number> {
  const { source, query, limit, rank, exact } = request;
  const file = 'index' in source ? source.index : undefined;
  return withUsageErrors(async () => {
    const opened = await open(source);
    const answer = opened.index.search(query, { limit, rank, exact });
    const results = await Promise.all(answer.hits.map((hit) => withExcerpts(hit, answer, opened)));
    print(request, answer, opened, results);
    return answer.found > 0 ? 0 : 1;
  }, file);
}

async function open(source: Source): Promise<Opened> {
  if ('index' in source) {
    const { openIndex } = await import('../search/file/read-index.ts');
    const opened = openIndex(source.index);
    return { places: opened.places, unit: opened.unit, index: new SearchIndex(opened.source) };
  }
  const { readCollection } = await import('../search/read-collection.ts');
  const { memorySource } = await import('../search/index/source.ts');
  const { Progress } = await import('./progress.ts');
  using progress = new Progress();
  const { image, places, counts } = await readCollection(source, progress);
  return { index: new SearchIndex(memorySource(image)), places, unit: source.unit, counts };
}

function print(
  { json, query, rank }: Extract<Request, { task: 'search' }>,
  answer: Answer,
  { places: { length: documents }, counts }: Opened,
  results: readonly HitWithExcerpts[],
): void {
  const { found, unknown, corrected } = answer;
  if (json) {
    const skipped = counts && { binary: counts.binary, unreadable: counts.unreadable, badRecords: counts.badRecords };
    console.log(
      JSON.stringify({ query, rank, unknown, corrected, documents, found, skipped, results: results.map(hitToJson) }),
    );
    return;
  }
  const columns = process.stdout.isTTY ? process.stdout.columns || Infinity : Infinity;
  for (const one of results) console.log(`${drawHit(one, rank, columns)}\n`);
  for (const line of describeWords(answer)) console.error(line);
  (found > 0 ? console.log : console.error)(summarize(found, documents, counts));
}

async function withExcerpts(hit: Hit, { words }: Answer, { places, unit, counts }: Opened): Promise<HitWithExcerpts> {
  const { textOf } = await import('../files/read-documents.ts');
  const place = places.at(hit.document);
  const state = counts === undefined ? await stateOf(place) : 'same';
  const text = state === 'same' || state === 'changed' ? await textOf(place, unit).catch(() => undefined) : undefined;
  if (text === undefined) return { hit, place, state: state === 'same' ? 'gone' : state, excerpts: undefined };
  const columns = Math.max(40, (process.stdout.columns || 100) - 12);
  const weights = new Map(hit.shares.map(({ term, share }) => [term, share]));
  const excerpts = excerptsOf(text, { words, weights, first: place.line, lines: LINES, columns });
  return { hit, place, state, excerpts };
}

async function stateOf({ file, stamp }: StampedPlace): Promise<FileState> {
  if (stamp.size === -1) return 'standard input';
  const { stampOf } = await import('../files/read-documents.ts');
  const now = await stampOf(file).catch(() => undefined);
  if (now === undefined) return 'gone';
  return now.size === stamp.size && now.modified === stamp.modified ? 'same' : 'changed';
}
