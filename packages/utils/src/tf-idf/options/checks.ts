// Checks of each option. Every mistake is one line: the option, the expected value, the given one.

import { ENGLISH_STOP_WORDS } from '../text/english-stop-words.ts';
import type { DocumentLimit, VocabularyOptions } from './options.ts';

/** @param value what the option `name` is, undefined where it is left out */
export function readFlag(name: string, value: unknown, standard: boolean): boolean {
  if (value === undefined) return standard;
  if (typeof value !== 'boolean') throw new TypeError(`Expected \`${name}\` to be true or false, got ${show(value)}`);
  return value;
}

/** @throws RangeError where a value is none of those that an option can have; null is not given */
export function readChoice<T extends string>(name: string, value: unknown, choices: readonly T[], also = ''): T {
  if (choices.includes(value as T)) return value as T;
  const all = choices.map((choice) => `'${choice}'`);
  const list = also === '' ? `${all.slice(0, -1).join(', ')} or ${all.at(-1)}` : `${all.join(', ')} or ${also}`;
  throw new RangeError(`Expected \`${name}\` to be ${list}, got ${show(value)}`);
}

/** @throws TypeError where it is no function; undefined and null are not given */
export function readFunction<F>(name: string, value: F | null | undefined): F | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'function') return value;
  throw new TypeError(`Expected \`${name}\` to be a function, got ${String(value)}`);
}

/** @throws RangeError where it is a number that is no integer from 1 to `most` */
export function readCount(name: string, value: unknown, most: number): number {
  if (isCount(value) && value <= most) return value;
  throw new RangeError(`Expected \`${name}\` to be an integer from 1 to ${most}, got ${show(value)}`);
}

/** @throws TypeError or RangeError where they are no list of well-formed strings */
export function readStopWords(words: 'english' | Iterable<string>): readonly string[] {
  if (words === 'english') return ENGLISH_STOP_WORDS;
  if (typeof words === 'string') {
    throw new RangeError(`Expected \`stopWords\` to be 'english' or a list of words, got ${show(words)}`);
  }
  return [...words].map((word) => checkString('stopWords', word));
}

/** @throws RangeError where they are not two integers from 1 up in their order */
export function readRange(range: unknown): [number, number] {
  const [least, most, ...more] = Array.isArray(range) ? (range as unknown[]) : [];
  if (more.length > 0 || !isCount(least) || !isCount(most) || least > most) {
    throw new RangeError(
      `Expected \`ngramRange\` to be [least, most], integers from 1 up with least <= most, got ${show(range)}`,
    );
  }
  return [least, most];
}

/** @throws RangeError where it is neither a number of documents nor a fraction of them */
export function readLimit(name: string, limit: DocumentLimit): DocumentLimit {
  if (isCount(limit)) return limit;
  const fraction: unknown = typeof limit === 'object' ? limit.fraction : undefined;
  if (typeof fraction === 'number' && fraction >= 0 && fraction <= 1) return { fraction };
  throw new RangeError(
    `Expected \`${name}\` to be a number of documents from 1 up, or { fraction } from 0 to 1, got ${show(limit)}`,
  );
}

/** @throws RangeError where it is no integer from 1 up */
export function readMaxFeatures(most: number | undefined): number | undefined {
  if (most === undefined || isCount(most)) return most;
  throw new RangeError(`Expected \`maxFeatures\` to be an integer from 1 up, got ${show(most)}`);
}

/**
 * The terms in the order of their columns; undefined where they are to be learnt.
 *
 * @throws TypeError or RangeError where they are no terms, or two have one column, or a column has no term
 */
export function readVocabulary(vocabulary: VocabularyOptions['vocabulary']): readonly string[] | undefined {
  if (vocabulary === undefined || vocabulary === null) return undefined;
  if (typeof vocabulary === 'string')
    throw new TypeError('Expected `vocabulary` to be a list of terms, got one string');
  if (typeof vocabulary !== 'object')
    throw new TypeError(`Expected \`vocabulary\` to be a list of terms, got ${show(vocabulary)}`);
  const terms = inColumns(vocabulary);
  if (terms.length === 0) throw new RangeError('Expected `vocabulary` to have terms, got none');
  const seen = new Set<string>();
  for (const term of terms) {
    checkString('vocabulary', term);
    if (seen.has(term)) throw new RangeError(`Expected \`vocabulary\` to have each term once, got ${show(term)} twice`);
    seen.add(term);
  }
  return terms;
}

function inColumns(vocabulary: NonNullable<VocabularyOptions['vocabulary']>): readonly string[] {
  if (vocabulary instanceof Map) return byColumn([...(vocabulary as ReadonlyMap<string, number>)]);
  // A set has no order: scikit-learn sorts it, and in UTF-8 the order of code points is that of bytes.
  if (vocabulary instanceof Set) {
    const terms = [...(vocabulary as ReadonlySet<string>)].map((term) => checkString('vocabulary', term));
    return terms.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  }
  if (Symbol.iterator in vocabulary) return [...(vocabulary as Iterable<string>)];
  return byColumn(Object.entries(vocabulary));
}

function byColumn(columns: readonly (readonly [term: string, column: number])[]): string[] {
  const terms: string[] = [];
  for (const [term, column] of columns) {
    if (!Number.isInteger(column) || column < 0 || column >= columns.length || terms[column] !== undefined) {
      throw new RangeError(
        `Expected \`vocabulary\` to have each column from 0 to ${columns.length - 1} once, got ${column} for ${show(term)}`,
      );
    }
    terms[column] = term;
  }
  return terms;
}

function checkString(name: string, text: unknown): string {
  if (typeof text === 'string' && text.isWellFormed()) return text;
  throw new TypeError(`Expected \`${name}\` to hold well-formed strings, got ${show(text)}`);
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1;
}

/** A value in an error's message. */
export function show(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  return typeof value === 'object' ? JSON.stringify(value) : `${value as number}`;
}
