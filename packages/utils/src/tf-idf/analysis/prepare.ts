// Makes documents ready for the lanes: bytes are decoded, and the functions among the options run, on this thread.

import { inspect } from 'node:util';
import type { Preparation } from '../options/options.ts';
import { stripAccents } from '../text/accents.ts';
import { decodeBytes } from '../text/decode-bytes.ts';
import type { Document } from '../text/documents.ts';
import { encodeTerms } from './listed-terms.ts';

/** Makes a document ready, by its number. */
export type Prepare = (document: unknown, number: number) => Document;

/**
 * The way from a document to what a lane takes: text or UTF-8, or the terms or tokens of `encodeTerms`.
 *
 * What it returns throws a TypeError where a document, or what a function makes of it, is not what it should be.
 */
export function preparing(preparation: Preparation): Prepare {
  const { analyzer, preprocessor, tokenizer, decodeError } = preparation;
  const take = (document: unknown, number: number): unknown =>
    document instanceof Uint8Array ? textOf(decoded(document, number, decodeError)) : document;
  if (analyzer !== undefined) {
    return (document, number) => encodeTerms(checkTerms('analyzer', analyzer(take(document, number))));
  }
  const preprocess = preprocessing(preparation);
  if (tokenizer !== undefined) {
    return (document, number) =>
      encodeTerms(checkTerms('tokenizer', tokenizer(preprocess(take(document, number), number))));
  }
  if (preprocessor !== undefined || typeof preparation.stripAccents === 'function') {
    return (document, number) => preprocess(take(document, number), number);
  }
  return (document, number) =>
    document instanceof Uint8Array ? decoded(document, number, decodeError) : checkText(document, number);
}

/** The preprocessed text of a document, as scikit-learn's `build_preprocessor` makes it. */
export function preprocessing(preparation: Preparation): (document: unknown, number: number) => string {
  const { preprocessor, lowercase, stripAccents: strip } = preparation;
  if (preprocessor !== undefined) return (document) => checkMade('preprocessor', preprocessor(document));
  return (document, number) => {
    const text = checkText(document, number);
    const lowered = lowercase ? text.toLowerCase() : text;
    if (typeof strip === 'function') return checkMade('stripAccents', strip(lowered));
    return strip === undefined ? lowered : stripAccents(lowered, strip);
  };
}

function decoded(bytes: Uint8Array, number: number, errors: Preparation['decodeError']): Document {
  const document = decodeBytes(bytes, errors);
  if (document !== undefined) return document;
  throw new TypeError(`Expected document ${number} to be UTF-8, got other bytes in it`);
}

function textOf(document: Document): string {
  if (typeof document === 'string') return document;
  return Buffer.from(document.buffer, document.byteOffset, document.byteLength).toString();
}

function checkText(document: unknown, number: number): string {
  if (typeof document !== 'string') {
    const got = document === null ? 'null' : Array.isArray(document) ? 'an array' : typeof document;
    throw new TypeError(`Expected document ${number} to be a string, got ${got}`);
  }
  if (!document.isWellFormed()) {
    throw new TypeError(`Expected document ${number} to be well-formed, got half a surrogate pair in it`);
  }
  return document;
}

function checkMade(name: string, text: unknown): string {
  if (typeof text === 'string' && text.isWellFormed()) return text;
  throw new TypeError(`Expected \`${name}\` to give a well-formed string, got ${show(text)}`);
}

function checkTerms(name: string, terms: unknown): string[] {
  if (typeof terms === 'string' || !isIterable(terms)) {
    const got = typeof terms === 'string' ? 'one string' : show(terms);
    throw new TypeError(`Expected \`${name}\` to give a list of strings, got ${got}`);
  }
  return Array.from(terms, (term) => {
    if (typeof term === 'string' && term.isWellFormed()) return term;
    throw new TypeError(`Expected \`${name}\` to give well-formed strings, got ${show(term)}`);
  });
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

function show(value: unknown): string {
  if (typeof value === 'string') return 'one with half a surrogate pair';
  return inspect(value, { breakLength: Infinity, depth: 1 });
}
