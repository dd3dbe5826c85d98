// Which terms of an index a word of a query stands for.

import { termsOfKey, termsWhere } from '../index/dictionary.ts';
import type { TermEntry } from '../index/dictionary.ts';
import type { IndexSource } from '../index/source.ts';
import { kindAt, UNSPACED } from '../words/characters.ts';
import { fold, keyOf, surfaceOf } from '../words/fold.ts';
import { isOneSlip } from './edit-distance.ts';

/** Words this short are all one slip from many others. */
const LEAST_FOR_SLIPS = 4;
/** A word in so few documents may be a slip of one in so many times as many. */
const RARE = 2;
const TIMES = 50;
/** A beginning stands for the words that most documents have. */
const MOST_OF_PREFIX = 200;

export interface Resolved {
  /** None where no document has the word, and none that is one slip away. */
  readonly terms: readonly TermEntry[];
  /** The word that is searched for in place of the one that was typed, or beside it. */
  readonly instead?: string;
}

/** The terms of a word: those of its key, or with `exact` the word itself; else what it may be a slip of. */
export function resolveWord(source: IndexSource, raw: string, exact: boolean): Resolved {
  const surface = surfaceOf(raw);
  const found = termsOfKey(source, keyOf(surface));
  if (exact) return { terms: found.filter((entry) => entry.surface === surface) };
  if (found.length === 0 && kindAt(raw, 0) === UNSPACED) return { terms: containing(source, surface) };
  const documents = mostDocuments(found);
  if (documents > RARE || source.totals.documents < documents * TIMES) return { terms: found };
  const instead = unslipped(source, surface, documents === 0 ? 1 : documents * TIMES);
  if (instead === undefined) return { terms: found };
  return { terms: [...found, ...termsOfKey(source, instead.key)], instead: instead.surface };
}

/** The terms that begin so; with `exact` as they are written, else without accents too. Those of most documents, where many do. */
export function resolvePrefix(source: IndexSource, raw: string, exact: boolean): Resolved {
  const surface = surfaceOf(raw);
  const folded = fold(surface);
  const beginnings = [surface, folded].map((text) => Buffer.from(text));
  const found = termsWhere(source, (bytes, start, end) =>
    beginnings.some((beginning) => end - start >= beginning.length && equals(bytes, start, beginning)),
  ).filter((entry) => entry.surface.startsWith(surface) || (!exact && fold(entry.surface).startsWith(folded)));
  return { terms: found.toSorted((a, b) => b.documents - a.documents).slice(0, MOST_OF_PREFIX) };
}

/** Longer words of a script without blanks: the dictionary may have cut a text elsewhere than the query. */
function containing(source: IndexSource, surface: string): TermEntry[] {
  const wanted = Buffer.from(surface);
  return termsWhere(source, (bytes, start, end) => {
    for (let at = start; at + wanted.length <= end; at++) if (equals(bytes, at, wanted)) return true;
    return false;
  });
}

/** The term in most documents, at least so many, that is one slip away; of equal ones the first. */
function unslipped(source: IndexSource, surface: string, least: number): TermEntry | undefined {
  if (surface.length < LEAST_FOR_SLIPS || /[\p{N}_]/u.test(surface)) return undefined;
  const typed = Buffer.from(surface);
  const most = typed.length === surface.length ? 1 : 4; // bytes of a letter
  const found = termsWhere(source, (bytes, start, end) => mayBeNear(typed, bytes, start, end, most));
  const slips = found.filter((entry) => entry.documents >= least && isOneSlip(surface, entry.surface));
  return slips.toSorted((a, b) => b.documents - a.documents)[0];
}

/** Whether all but the bytes of two letters are the same, from both ends: quick, for all terms that there are. */
function mayBeNear(typed: Uint8Array, bytes: Uint8Array, start: number, end: number, most: number): boolean {
  const length = end - start;
  const shorter = Math.min(length, typed.length);
  const longer = Math.max(length, typed.length);
  if (longer - shorter > most) return false;
  let same = 0;
  while (same < shorter && bytes[start + same] === typed[same]) same += 1;
  let back = 0;
  while (back < shorter - same && bytes[end - 1 - back] === typed[typed.length - 1 - back]) back += 1;
  return same + back >= longer - 2 * most;
}

function equals(bytes: Uint8Array, start: number, wanted: Uint8Array): boolean {
  for (let at = 0; at < wanted.length; at++) if (bytes[start + at] !== wanted[at]) return false;
  return true;
}

function mostDocuments(terms: readonly TermEntry[]): number {
  return terms.reduce((most, { documents }) => Math.max(most, documents), 0);
}
