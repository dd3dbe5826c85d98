// A query as it is typed: words, beginnings of words, and phrases.

import { wordsOf } from '../words/words-of.ts';
import type { Word } from '../words/words-of.ts';

export type Item =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'prefix'; readonly text: string }
  /** Words that stand one after another; `quoted` ones have to, of others it is better. */
  | { readonly kind: 'phrase'; readonly text: string; readonly words: readonly PhraseWord[]; readonly quoted: boolean };

interface PhraseWord {
  readonly text: string;
  /** Its place in the phrase, from 0 up. */
  readonly offset: number;
}

/**
 * Reads a query. `"event loop"` is a phrase, `mut*` a beginning; words that are written together, as in `node.js` or
 * `keep-alive`, are a phrase that need not be found. A quote that is not closed ends with the query.
 */
export function parseQuery(query: string): Item[] {
  const items: Item[] = [];
  for (const [index, part] of query.split(/["“”„]/).entries()) {
    const words = wordsOf(part);
    if (index % 2 === 1) items.push(...phrase(part.trim(), words, true));
    else for (const run of together(part, words)) items.push(...loose(part, run));
  }
  return items;
}

function phrase(text: string, words: readonly Word[], quoted: boolean): Item[] {
  if (words.length === 0) return [];
  if (words.length === 1) return [{ kind: 'word', text: words[0]!.raw }];
  let offset = 0;
  const placed = words.map(({ raw, width }) => {
    const word = { text: raw, offset };
    offset += width;
    return word;
  });
  return [{ kind: 'phrase', text, words: placed, quoted }];
}

/** Words with no more than two signs between them, as `.` or `-` or `::`, and no blank. */
function together(text: string, words: readonly Word[]): Word[][] {
  const runs: Word[][] = [];
  for (const word of words) {
    const run = runs.at(-1);
    const between = run && text.slice(run.at(-1)!.end, word.start);
    if (between !== undefined && /^[^\s*,;]{0,2}$/.test(between)) run!.push(word);
    else runs.push([word]);
  }
  return runs;
}

function loose(text: string, run: readonly Word[]): Item[] {
  const last = run.at(-1)!;
  if (text[last.end] !== '*') return phrase(text.slice(run[0]!.start, last.end), run, false);
  const before = phrase(text.slice(run[0]!.start, last.start), run.slice(0, -1), false);
  return [...before, { kind: 'prefix', text: last.raw }];
}
