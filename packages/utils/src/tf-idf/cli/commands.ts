// The subcommands: search, index, scores. Each returns its exit status.

import { UsageError } from '@cookbook/lab/command';
import type { openScreen } from '@cookbook/lab/show';
import { textOf } from '../files/read-documents.ts';
import { excerptsOf } from '../search/excerpt.ts';
import { writeIndex } from '../search/index-file.ts';
import { loadCollection } from '../search/load-collection.ts';
import type { LoadedCollection, LoadOptions } from '../search/load-collection.ts';
import type { Answer, Hit } from '../search/search-index.ts';
import { wordsOf } from '../search/words.ts';
import type { Request } from './arguments.ts';
import { count, describeSkipped, describeUnknown, drawHit, hitToJson, nameOf, summarize } from './draw.ts';
import type { HitWithExcerpts } from './draw.ts';
import { printable } from './printable.ts';

export type RequestOf<Task> = Extract<Request, { task: Task }>;

export interface CommandContext {
  readonly screen: ReturnType<typeof openScreen>;
  readonly options: LoadOptions;
}

/** Lines of a document that a search shows. */
const LINES = 3;

export async function search(request: RequestOf<'search'>, { screen, options }: CommandContext): Promise<number> {
  const { query, limit, json } = request;
  const { collection, counts } = await loadCollection(request.source, options);
  const documents = collection?.places.length ?? 0;
  const answer = collection?.index.search(query, limit) ?? nothingFor(query);
  const results = collection
    ? await Promise.all(answer.hits.map((hit) => withExcerpts(hit, collection, screen.columns)))
    : [];
  screen.close();
  const { found, unknown } = answer;
  if (json) {
    const skipped = counts && { binary: counts.binary, unreadable: counts.unreadable };
    console.log(JSON.stringify({ query, unknown, documents, found, skipped, results: results.map(hitToJson) }));
  } else {
    for (const one of results) console.log(`${drawHit(one)}\n`);
    const words = describeUnknown(answer);
    if (words !== undefined) console.error(words);
    (found > 0 ? console.log : console.error)(summarize(found, documents, counts));
  }
  return found > 0 ? 0 : 1;
}

/** The answer of documents without a word. */
function nothingFor(query: string): Answer {
  const words = new Set(wordsOf(query).map(({ word }) => word));
  return { hits: [], found: 0, unknown: [...words], known: [] };
}

async function withExcerpts(hit: Hit, { places, unit }: LoadedCollection, columns: number): Promise<HitWithExcerpts> {
  const place = places.at(hit.document);
  const weights = new Map(hit.shares.map(({ term, share }) => [term, share]));
  const text = await textOf(place, unit).catch(() => undefined);
  const excerpts =
    text === undefined
      ? undefined
      : excerptsOf(text, { weights, first: place.line, lines: LINES, columns: Math.max(40, columns - 12) });
  return { hit, place, excerpts };
}

export async function index(request: RequestOf<'index'>, { screen, options }: CommandContext): Promise<number> {
  const { collection, counts } = await loadCollection({ paths: request.paths, unit: request.unit }, options);
  if (collection === undefined) {
    screen.close();
    console.error(`Expected a word in one of the documents, got none${describeSkipped(counts)}`);
    return 1;
  }
  await writeIndex(request.out, collection).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`Expected --out to be a file that can be written, got '${request.out}' (${error.code})`);
  });
  screen.close();
  const { length: terms } = collection.index.parts.terms;
  const { length: documents } = collection.places;
  if (request.json) console.log(JSON.stringify({ out: request.out, documents, terms, ...counts }));
  else console.log(`${count(documents, 'document')}, ${count(terms, 'term')}${describeSkipped(counts)}`);
  return 0;
}

export async function scores(request: RequestOf<'scores'>, { screen, options }: CommandContext): Promise<number> {
  const { collection, counts } = await loadCollection(request.source, options);
  screen.close();
  if (collection === undefined) {
    if (request.json) console.log('[]');
    else console.error(`0 documents with a word${describeSkipped(counts)}`);
    return 1;
  }
  const termsOf = collection.index.byDocument();
  for (let document = 0; document < collection.places.length; document++) {
    const place = collection.places.at(document);
    const terms = termsOf(document, request.limit);
    if (request.json) {
      console.log(JSON.stringify({ file: place.file, ...(place.end !== -1 && { line: place.line }), terms }));
    } else {
      const list = terms.map(({ term, score }) => `${printable(term)} ${score.toFixed(3)}`);
      console.log(`${nameOf(place)}: ${list.join(', ')}`);
    }
  }
  return 0;
}
