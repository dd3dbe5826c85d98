// Checks of each option. Every mistake is one line: the option, the expected value, the given one.

import { ENGLISH_STOP_WORDS } from '../text/english-stop-words.ts';
import type { DocumentLimit, TfidfOptions } from './options.ts';

type Flag = 'lowercase' | 'binary' | 'useIdf' | 'smoothIdf' | 'sublinearTf';

export function readFlag(options: TfidfOptions, name: Flag, standard: boolean): boolean {
  const value: unknown = options[name] ?? standard;
  if (typeof value !== 'boolean') throw new TypeError(`Expected \`${name}\` to be true or false, got ${show(value)}`);
  return value;
}

export function readStopWords(words: 'english' | Iterable<string>): readonly string[] {
  if (words === 'english') return ENGLISH_STOP_WORDS;
  if (typeof words === 'string') {
    throw new RangeError(`Expected \`stopWords\` to be 'english' or a list of words, got ${show(words)}`);
  }
  return [...words].map((word) => checkString('stopWords', word));
}

export function readRange(range: unknown): [number, number] {
  const [least, most, ...more] = Array.isArray(range) ? (range as unknown[]) : [];
  if (more.length > 0 || !isCount(least) || !isCount(most) || least > most) {
    throw new RangeError(
      `Expected \`ngramRange\` to be [least, most], integers from 1 up with least <= most, got ${show(range)}`,
    );
  }
  return [least, most];
}

export function readLimit(name: string, limit: DocumentLimit): DocumentLimit {
  if (isCount(limit)) return limit;
  const fraction: unknown = typeof limit === 'object' ? limit.fraction : undefined;
  if (typeof fraction === 'number' && fraction >= 0 && fraction <= 1) return { fraction };
  throw new RangeError(
    `Expected \`${name}\` to be a number of documents from 1 up, or { fraction } from 0 to 1, got ${show(limit)}`,
  );
}

export function readMaxFeatures(most: number | undefined): number | undefined {
  if (most === undefined || isCount(most)) return most;
  throw new RangeError(`Expected \`maxFeatures\` to be an integer from 1 up, got ${show(most)}`);
}

export function readVocabulary(vocabulary: Iterable<string> | ReadonlyMap<string, number> | undefined) {
  if (vocabulary === undefined) return undefined;
  if (typeof vocabulary === 'string')
    throw new TypeError('Expected `vocabulary` to be a list of terms, got one string');
  const terms = vocabulary instanceof Map ? inColumns(vocabulary) : [...(vocabulary as Iterable<string>)];
  if (terms.length === 0) throw new RangeError('Expected `vocabulary` to have terms, got none');
  const seen = new Set<string>();
  for (const term of terms) {
    checkString('vocabulary', term);
    if (seen.has(term)) throw new RangeError(`Expected \`vocabulary\` to have each term once, got ${show(term)} twice`);
    seen.add(term);
  }
  return terms;
}

function inColumns(columns: ReadonlyMap<string, number>): string[] {
  const terms: string[] = [];
  for (const [term, column] of columns) {
    if (!Number.isInteger(column) || column < 0 || column >= columns.size || terms[column] !== undefined) {
      throw new RangeError(
        `Expected \`vocabulary\` to have each column from 0 to ${columns.size - 1} once, got ${column} for ${show(term)}`,
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

export function show(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  return typeof value === 'object' ? JSON.stringify(value) : `${value as number}`;
}
