// The requests of answer.py, answered by the vectorizers here.

import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { CountVectorizer, HashingVectorizer, TfidfVectorizer } from '../../../src/tf-idf/index.ts';
import type { CsrMatrix, Dtype, Values } from '../../../src/tf-idf/index.ts';
import { distance, expectMatrix, IDF_ULPS } from './rounding.ts';
import type { PlainMatrix, Weighing } from './rounding.ts';

/** As answer.py describes it. */
export interface Request {
  readonly name: string;
  readonly vectorizer: 'TfidfVectorizer' | 'CountVectorizer' | 'HashingVectorizer';
  readonly options: Readonly<Record<string, unknown>>;
  readonly docs?: readonly unknown[];
  readonly others?: readonly unknown[];
  readonly idf?: readonly number[];
}

/** What scikit-learn made of a request. */
export interface Answer {
  readonly matrix?: PlainMatrix;
  readonly others?: PlainMatrix;
  readonly terms?: readonly string[];
  readonly pruned?: readonly string[];
  readonly idf?: readonly number[];
  readonly warnings?: readonly string[];
  /** The exception's name. */
  readonly error?: string;
  readonly message?: string;
}

export interface Case {
  readonly request: Request;
  readonly answer: Answer;
}

/** The cases of a file of `data/golden`. */
export function readCases(name: string): readonly Case[] {
  const text = readFileSync(new URL(`../data/golden/${name}.json`, import.meta.url), 'utf8');
  return (JSON.parse(text) as { cases: readonly Case[] }).cases;
}

/** Each function of answer.py by its name. */
const FUNCTIONS: Readonly<Record<string, (document: never) => unknown>> = {
  tokens: (tokens: readonly string[]) => tokens,
  tags: (record: { tags: readonly string[] }) => record.tags,
  'by comma': (text: string) => text.split(','),
  'by slash': (text: string) => text.split('/'),
  backwards: (text: string) => Array.from(text).toReversed().join(''),
  title: (record: { title: string }) => record.title,
  'no vowels': (text: string) => text.replaceAll(/[aeiou]/g, ''),
};

/** The value that JSON has no word for. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return value;
  const [[key, inner]] = Object.entries(value) as [[string, unknown]];
  if (key === 'bytes') return Buffer.from(inner as string, 'base64');
  if (key === 'function') return FUNCTIONS[inner as string];
  if (key === 'set') return new Set(inner as string[]);
  return key === 'count' ? inner : value;
}

/** The options as they are called here. */
export function optionsOf({ options }: Request): Record<string, unknown> {
  const entries = Object.entries(options).flatMap(([name, value]) => {
    if (name === 'token_pattern' && value === null) return []; // a tokenizer alone says it here
    const camel = name.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase());
    return [[camel, name === 'token_pattern' ? new RegExp(value as string, 'u') : plain(value)]];
  });
  return Object.fromEntries(entries) as Record<string, unknown>;
}

const WEIGHINGS = {
  TfidfVectorizer: { useIdf: true, sublinearTf: false, norm: 'l2', dtype: 'float64' },
  CountVectorizer: { useIdf: false, sublinearTf: false, norm: null, dtype: 'uint32' },
  HashingVectorizer: { useIdf: false, sublinearTf: false, norm: 'l2', dtype: 'float64' },
} as const;

/** What the bound of its values depends on. */
export function weighingOf(request: Request): Weighing {
  const { useIdf, sublinearTf, norm, dtype } = { ...WEIGHINGS[request.vectorizer], ...optionsOf(request) };
  return { useIdf, sublinearTf, norm, dtype };
}

interface Vectorizer extends AsyncDisposable {
  fitTransform?(documents: readonly unknown[]): Promise<CsrMatrix<Values>>;
  transform(documents: readonly unknown[]): Promise<CsrMatrix<Values>>;
  getFeatureNamesOut?(): string[];
  readonly prunedTerms?: Readonly<Record<'minDf' | 'maxDf' | 'maxFeatures', readonly string[]>>;
  idf?: ArrayLike<number>;
}

const CLASSES = { TfidfVectorizer, CountVectorizer, HashingVectorizer };

/** A vectorizer with the options of a request, and some more. */
export function open(request: Request, more: object = {}): Vectorizer {
  const options = { onWarning: () => {}, ...optionsOf(request), ...more };
  const vectorizer = CLASSES[request.vectorizer] as new (options: object) => unknown;
  return new vectorizer(options) as Vectorizer;
}

/** What a request has come to. */
export interface Outcome {
  readonly matrix: CsrMatrix<Values> | undefined;
  readonly others: CsrMatrix<Values> | undefined;
}

/** Does what answer.py does, and expects the same: structure exactly, values within their bound. */
export async function expectAnswer({ request, answer }: Case, more: object = {}): Promise<Outcome & { most: number }> {
  await using vectorizer = open(request, more);
  if (request.idf !== undefined) vectorizer.idf = request.idf;
  const weighing = weighingOf(request);
  const fit = (documents: readonly unknown[]): Promise<CsrMatrix<Values>> =>
    vectorizer.fitTransform?.(documents) ?? vectorizer.transform(documents);
  const matrix = request.docs && (await fit(plain(request.docs) as unknown[]));
  const others = request.others && (await vectorizer.transform(plain(request.others) as unknown[]));
  let most = 0;
  if (matrix !== undefined) most = Math.max(most, expectMatrix(matrix, answer.matrix!, weighing));
  if (others !== undefined) most = Math.max(most, expectMatrix(others, answer.others!, weighing));
  if (answer.terms !== undefined) expect(vectorizer.getFeatureNamesOut!()).toEqual(answer.terms);
  if (answer.pruned !== undefined) {
    expect(new Set(Object.values(vectorizer.prunedTerms!).flat())).toEqual(new Set(answer.pruned));
  }
  if (answer.idf !== undefined) expectIdf(vectorizer.idf!, answer.idf, weighing.dtype);
  return { matrix, others, most };
}

function expectIdf(actual: ArrayLike<number>, expected: readonly number[], dtype: Dtype): void {
  expect(actual).toHaveLength(expected.length);
  const most = dtype === 'float32' ? 10 : IDF_ULPS;
  for (const [column, idf] of expected.entries())
    expect(distance(actual[column]!, idf, dtype)).toBeLessThanOrEqual(most);
}

/** Does what answer.py does, to see it fail. */
export async function attempt(request: Request): Promise<void> {
  const answer = {} as Answer;
  await expectAnswer({ request, answer });
}
