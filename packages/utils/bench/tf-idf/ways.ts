// The ways that are compared: the vectorizer on one thread and on two, and what else npm has.

import { createRequire } from 'node:module';
import { TfidfVectorizer } from '../../src/tf-idf/index.ts';

/** Time and memory of a run. */
export interface Run {
  readonly ms: number;
  /** CPU time of the whole process, its threads included, ms. */
  readonly cpu: number;
  /** Entries of the matrix, or what comes near to it: a way that did nothing is seen. */
  readonly entries: number;
  /** The most memory that the process has had so far, MiB. */
  readonly memory: number;
}

export const TASKS = ['defaults', 'ngrams', 'transform'] as const;

/** Peers that vectorise with defaults alone. */
export const PEERS = ['map', 'natural', 'wink'] as const;

type Way = () => Promise<number> | number;

/** Returns a function that does the work once and returns the number of entries. */
export async function openWay(way: string, task: string, documents: readonly string[]): Promise<Way> {
  if (way === 'map') return () => byMap(documents);
  if (way === 'natural') return openNatural(documents);
  if (way === 'wink') return openWink(documents);
  const threads = Number(way);
  const vectorizer = new TfidfVectorizer({ threads, ...(task === 'ngrams' && { ngramRange: [1, 2] }) });
  if (task !== 'transform') return async () => (await vectorizer.fitTransform(documents)).nnz;
  await vectorizer.fit(documents);
  return async () => (await vectorizer.transform(documents)).nnz;
}

/** The code that one writes without a library: the default pattern, a Map a document, rows sorted by column. */
function byMap(documents: readonly string[]): number {
  const columns = new Map<string, number>();
  const frequencies: number[] = [];
  const rows = documents.map((document) => {
    const row = new Map<number, number>();
    for (const token of document.toLowerCase().match(/[\p{L}\p{N}_]{2,}/gu) ?? []) {
      let column = columns.get(token);
      if (column === undefined) columns.set(token, (column = columns.size));
      row.set(column, (row.get(column) ?? 0) + 1);
    }
    for (const column of row.keys()) frequencies[column] = (frequencies[column] ?? 0) + 1;
    return row;
  });
  let entries = 0;
  for (const row of rows) {
    const weighed = [...row].map(([column, count]) => ({
      column,
      value: count * (Math.log((1 + documents.length) / (1 + frequencies[column]!)) + 1),
    }));
    const norm = Math.sqrt(weighed.reduce((sum, { value }) => sum + value * value, 0));
    for (const entry of weighed) entry.value /= norm;
    entries += weighed.toSorted((a, b) => a.column - b.column).length;
  }
  return entries;
}

interface Natural {
  readonly TfIdf: new () => {
    addDocument(text: string): void;
    listTerms(document: number): readonly unknown[];
  };
}

/** Natural's own tokenizer and stop words: less work than the others have. */
async function openNatural(documents: readonly string[]): Promise<Way> {
  const require = createRequire(import.meta.url); // its types hold a file that TypeScript would have to build
  const natural = require('natural') as Natural;
  return () => {
    const tfidf = new natural.TfIdf();
    for (const document of documents) tfidf.addDocument(document);
    return documents.reduce((entries, _, n) => entries + tfidf.listTerms(n).length, 0);
  };
}

/** The parts of wink-nlp that are used: its own types know neither the vectorizer nor what `its` helpers give. */
interface Wink {
  readonly its: { readonly normal: unknown; readonly tf: unknown };
  readDoc(text: string): { tokens(): { out(what: unknown): readonly string[] } };
}
interface Bm25 {
  learn(tokens: readonly string[]): void;
  doc(n: number): { out(what: unknown): readonly unknown[] };
}

/** The BM25 vectorizer of wink-nlp, which weighs a little otherwise, on its own tokenizer. */
async function openWink(documents: readonly string[]): Promise<Way> {
  const { default: winkNlp } = await import('wink-nlp');
  const { default: model } = await import('wink-eng-lite-web-model');
  // @ts-expect-error: it has no types
  const { default: untyped } = (await import('wink-nlp/utilities/bm25-vectorizer.js')) as { default: unknown };
  const vectorizer = untyped as (options: object) => Bm25;
  const wink = winkNlp(model, []) as unknown as Wink;
  const { normal, tf } = wink.its;
  return () => {
    const bm25 = vectorizer({ norm: 'l2' });
    for (const document of documents) bm25.learn(wink.readDoc(document).tokens().out(normal));
    return documents.reduce((entries, _, n) => entries + bm25.doc(n).out(tf).length, 0);
  };
}
