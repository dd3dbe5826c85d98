// The lines of a document that have words of the query, with those words marked.

import { wordsOf } from './words/words-of.ts';

export interface Excerpt {
  /** From 1 up, in the file. */
  readonly line: number;
  readonly text: string;
  /** Where words of the query stand in the text, in UTF-16 units. */
  readonly marks: readonly (readonly [start: number, end: number])[];
}

export interface ExcerptOptions {
  /** The words of documents that are marked, in lower case, by what they were searched for as. */
  readonly words: ReadonlyMap<string, string>;
  /** How much each of what was searched for counts. */
  readonly weights: ReadonlyMap<string, number>;
  /** The line of the file on which the text begins. */
  readonly first: number;
  /** Lines at most. */
  readonly lines: number;
  /** No text is longer, in UTF-16 units. */
  readonly columns: number;
}

/** Lines with words of the query, those with the most weight of different ones, in the order of the document. */
export function excerptsOf(text: string, { words, weights, first, lines, columns }: ExcerptOptions): Excerpt[] {
  const found: (Excerpt & { readonly weight: number })[] = [];
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    const marked = wordsOf(line).filter(({ terms }) => terms.some(({ surface }) => words.has(surface)));
    if (marked.length === 0) continue;
    const different = new Set(marked.flatMap(({ terms }) => terms.flatMap(({ surface }) => words.get(surface) ?? [])));
    const weight = [...different].reduce((sum, word) => sum + (weights.get(word) ?? 0), 0);
    const marks = marked.map(({ start, end }) => [start, end] as const);
    found.push({ line: first + index, ...cut(line, marks, columns), weight });
  }
  const best = found.toSorted((a, b) => b.weight - a.weight || a.line - b.line).slice(0, lines);
  return best.toSorted((a, b) => a.line - b.line).map(({ line, text: part, marks }) => ({ line, text: part, marks }));
}

/** Around the first word, where a line is too long. Blanks in front go. */
function cut(line: string, marks: Excerpt['marks'], columns: number): Pick<Excerpt, 'text' | 'marks'> {
  const blanks = line.length - line.trimStart().length;
  const long = line.length - blanks > columns;
  const from = long
    ? Math.max(blanks, Math.min(marks[0]![0] - Math.floor(columns / 4), line.length - columns))
    : blanks;
  // An ellipsis takes the place of a character, so that what follows stays where it was.
  const head = from > blanks ? '…' : '';
  const tail = from + columns < line.trimEnd().length ? '…' : '';
  const text = head + line.slice(from + head.length, from + columns - tail.length).trimEnd() + tail;
  const kept = marks.map(([start, end]) => [start - from, end - from] as const);
  return {
    text: text.toWellFormed(), // it may have been cut between two halves of a pair
    marks: kept.filter(([start, end]) => start >= head.length && end <= text.length - tail.length),
  };
}
