// What the command does: search, index, scores. Each returns its exit status.

import { UsageError } from '@cookbook/lab/command';
import type { openScreen } from '@cookbook/lab/show';
import { textOf } from '../files/read-documents.ts';
import { excerptsOf } from '../search/excerpt.ts';
import { writeIndex } from '../search/index-file.ts';
import { collect } from '../search/load-collection.ts';
import type { Collected, CollectOptions } from '../search/load-collection.ts';
import type { Answer, Hit } from '../search/search-index.ts';
import { wordsOf } from '../search/words.ts';
import type { Request } from './arguments.ts';
import { count, describeSkipped, describeUnknown, drawHit, hitToJson, nameOf, summarize } from './draw.ts';
import type { Shown } from './draw.ts';
import { printable } from './printable.ts';

export type TaskOf<Task> = Extract<Request, { task: Task }>;

export interface Surroundings {
  readonly screen: ReturnType<typeof openScreen>;
  readonly options: CollectOptions;
}

/** Lines of a document that a search shows. */
const LINES = 3;

export async function search(request: TaskOf<'search'>, { screen, options }: Surroundings): Promise<number> {
  const { query, limit, json } = request;
  const { collected, counts } = await collect(request.source, options);
  const documents = collected?.places.length ?? 0;
  const answer = collected?.index.search(query, limit) ?? nothingFor(query);
  const shown = collected ? await Promise.all(answer.hits.map((hit) => show(hit, collected, screen.columns))) : [];
  screen.close();
  const { found, unknown } = answer;
  if (json) {
    const skipped = counts && { binary: counts.binary, unreadable: counts.unreadable };
    console.log(JSON.stringify({ query, unknown, documents, found, skipped, results: shown.map(hitToJson) }));
  } else {
    for (const one of shown) console.log(`${drawHit(one)}\n`);
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

async function show(hit: Hit, { places, unit }: Collected, columns: number): Promise<Shown> {
  const place = places.at(hit.document);
  const weights = new Map(hit.shares.map(({ term, share }) => [term, share]));
  const text = await textOf(place, unit).catch(() => undefined);
  const excerpts =
    text === undefined
      ? undefined
      : excerptsOf(text, { weights, first: place.line, lines: LINES, columns: Math.max(40, columns - 12) });
  return { hit, place, excerpts };
}

export async function index(request: TaskOf<'index'>, { screen, options }: Surroundings): Promise<number> {
  const { collected, counts } = await collect({ paths: request.paths, unit: request.unit }, options);
  if (collected === undefined) {
    screen.close();
    console.error(`Expected a word in one of the documents, got none${describeSkipped(counts)}`);
    return 1;
  }
  await writeIndex(request.out, collected).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`Expected --out to be a file that can be written, got '${request.out}' (${error.code})`);
  });
  screen.close();
  const { length: terms } = collected.index.parts.terms;
  const { length: documents } = collected.places;
  if (request.json) console.log(JSON.stringify({ out: request.out, documents, terms, ...counts }));
  else console.log(`${count(documents, 'document')}, ${count(terms, 'term')}${describeSkipped(counts)}`);
  return 0;
}

export async function scores(request: TaskOf<'scores'>, { screen, options }: Surroundings): Promise<number> {
  const { collected, counts } = await collect(request.source, options);
  screen.close();
  if (collected === undefined) {
    if (request.json) console.log('[]');
    else console.error(`0 documents with a word${describeSkipped(counts)}`);
    return 1;
  }
  const termsOf = collected.index.byDocument();
  for (let document = 0; document < collected.places.length; document++) {
    const place = collected.places.at(document);
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
