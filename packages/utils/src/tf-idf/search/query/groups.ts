// A query as groups of terms: what each of its words and phrases stands for in an index, and the documents that have it.

import type { TermEntry } from '../index/dictionary.ts';
import { readPlaces, readPostings, unite } from '../index/postings.ts';
import type { Postings } from '../index/postings.ts';
import type { IndexSource } from '../index/source.ts';
import { analyze } from '../words/analyze.ts';
import { parseQuery } from './parse-query.ts';
import type { Item } from './parse-query.ts';
import { findPhrase } from './phrase.ts';
import { resolvePrefix, resolveWord } from './resolve.ts';
import type { Resolved } from './resolve.ts';

/** A word or a phrase of a query that some document has. */
export interface Group {
  /** As it is shown: in lower case, a phrase in quotes. */
  readonly label: string;
  /** None of a phrase: its words are groups of their own. */
  readonly terms: readonly TermEntry[];
  readonly postings: Postings;
  /** How often it is in the query. */
  readonly times: number;
  /** A quoted phrase: documents without it are not found. */
  readonly required: boolean;
}

/** Two words that are neighbours in the query. */
export interface Pair {
  readonly first: Group;
  readonly second: Group;
  /** Places from the one to the other: 1, or more where the first is an identifier of several words. */
  readonly distance: number;
}

export interface QueryPlan {
  readonly groups: readonly Group[];
  readonly pairs: readonly Pair[];
  /** Words and quoted phrases that no document has. */
  readonly unknown: readonly string[];
  /** Words that were typed, and what is searched for instead, or as well. */
  readonly corrected: readonly { readonly typed: string; readonly searched: string }[];
}

/** Finds what a query stands for. Without a word in it there are no groups. */
export function planQuery(source: IndexSource, query: string, exact: boolean): QueryPlan {
  const planner = new Planner(source, exact);
  const row = parseQuery(query).flatMap((item) => planner.add(item));
  const pairs = row.flatMap((first, n) => {
    const second = row[n + 1];
    if (first === undefined || second === undefined || first.label === second.label) return [];
    return [{ first: planner.group(first.label), second: planner.group(second.label), distance: first.width }];
  });
  const { groups, unknown, corrected } = planner;
  return { groups: [...groups.values()], pairs, unknown: [...unknown], corrected };
}

/** A word of the query and how many places it takes up; undefined where words are no neighbours. */
type InRow = { readonly label: string; readonly width: number } | undefined;

class Planner {
  readonly groups = new Map<string, Group>();
  readonly unknown = new Set<string>();
  readonly corrected: { typed: string; searched: string }[] = [];
  readonly #source: IndexSource;
  readonly #exact: boolean;
  readonly #resolved = new Map<string, Resolved>();

  constructor(source: IndexSource, exact: boolean) {
    this.#source = source;
    this.#exact = exact;
  }

  group(label: string): Group {
    return this.groups.get(label)!;
  }

  /** Takes the item in, and returns the words that it puts into the row. */
  add(item: Item): InRow[] {
    if (item.kind === 'word') return this.#addWord(item.text);
    if (item.kind === 'prefix') {
      return [
        this.#addTerms(`${item.text.toLowerCase()}*`, 1, resolvePrefix(this.#source, item.text, this.#exact).terms),
      ];
    }
    for (const { text } of item.words) this.#addWord(text);
    this.#addPhrase(item);
    return [undefined]; // its own words are neighbours already
  }

  /** An identifier, `c++` or `.net` that no document has is taken apart. */
  #addWord(text: string): InRow[] {
    const { terms } = this.#resolve(text);
    const { terms: whole, width } = analyze(text);
    if (terms.length > 0 || whole.length === 1) return [this.#addTerms(text.toLowerCase(), width, terms)];
    return whole.slice(1).flatMap(({ surface }) => this.#addWord(surface));
  }

  #addTerms(label: string, width: number, terms: readonly TermEntry[]): InRow {
    if (terms.length === 0) {
      this.unknown.add(label);
      return undefined;
    }
    const same = [...this.groups.values()].find((group) => group.terms[0]?.surface === terms[0]!.surface);
    if (same === undefined)
      this.groups.set(label, { label, terms, postings: this.#unite(terms), times: 1, required: false });
    else this.groups.set(same.label, { ...same, times: same.times + 1 });
    return { label: same?.label ?? label, width };
  }

  #addPhrase({ text, words, quoted }: Extract<Item, { kind: 'phrase' }>): void {
    const parts = words.map(({ text: word, offset }) => {
      const { terms } = this.#resolve(word);
      const places = (wanted: ReadonlySet<number>) => readPlaces(this.#source, terms, wanted);
      return { offset, documents: this.#unite(terms).documents, places };
    });
    const label = `"${text.toLowerCase()}"`;
    const postings = findPhrase(parts);
    if (postings.documents.length > 0)
      this.groups.set(label, { label, terms: [], postings, times: 1, required: quoted });
    else if (quoted) this.unknown.add(label);
  }

  #unite(terms: readonly TermEntry[]): Postings {
    const all = terms.map((term) => readPostings(this.#source, term));
    return unite(all, this.#source.totals.documents);
  }

  #resolve(text: string): Resolved {
    let resolved = this.#resolved.get(text);
    if (resolved === undefined) {
      resolved = resolveWord(this.#source, text, this.#exact);
      this.#resolved.set(text, resolved);
      if (resolved.instead !== undefined) {
        this.corrected.push({ typed: text.toLowerCase(), searched: resolved.instead });
      }
    }
    return resolved;
  }
}
