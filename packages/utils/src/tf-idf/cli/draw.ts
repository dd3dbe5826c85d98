// Results as text and as JSON.

import { styleText } from 'node:util';
import type { Place } from '../files/places.ts';
import type { FileCounts } from '../files/read-documents.ts';
import type { Excerpt } from '../search/excerpt.ts';
import type { Answer, Hit } from '../search/search-index.ts';
import { printable } from './printable.ts';

/** A hit with what is shown of its document; no excerpts where it could not be read again. */
export interface HitWithExcerpts {
  readonly hit: Hit;
  readonly place: Place;
  readonly excerpts: readonly Excerpt[] | undefined;
}

/** 'notes.txt:12' for a part of a file. */
export function nameOf({ file, line, end }: Place): string {
  return printable(end === -1 ? file : `${file}:${line}`);
}

/** The score, the document, what each word brought, and the lines that have them. */
export function drawHit({ hit, place, excerpts }: HitWithExcerpts): string {
  const shares = hit.shares.map(({ term, share }) => `${printable(term)} ${Math.round(share * 100)} %`).join(', ');
  const head = `${hit.score.toFixed(3)}  ${styleText('bold', nameOf(place))}  ${styleText('dim', `(${shares})`)}`;
  const width = String(excerpts?.at(-1)?.line ?? '').length;
  const lines = (excerpts ?? []).map(
    (excerpt) => `  ${styleText('dim', `${String(excerpt.line).padStart(width)}:`)} ${highlight(excerpt)}`,
  );
  return [head, ...(excerpts === undefined ? ['  (cannot be read any more)'] : lines)].join('\n');
}

/** The words of the query in a colour of their own; plain where there are no colours. */
function highlight({ text, marks }: Pick<Excerpt, 'text' | 'marks'>): string {
  let drawn = '';
  let at = 0;
  for (const [start, end] of marks) {
    drawn += printable(text.slice(at, start)) + styleText(['bold', 'red'], printable(text.slice(start, end)));
    at = end;
  }
  return drawn + printable(text.slice(at));
}

/** Words that no document has; undefined where there are none. */
export function describeUnknown({ unknown }: Pick<Answer, 'unknown'>): string | undefined {
  if (unknown.length === 0) return undefined;
  return `no document has ${unknown.map((word) => `'${printable(word)}'`).join(', ')}`;
}

/** '12 of 400 documents; 3 binary and 1 unreadable files passed over' */
export function summarize(found: number, documents: number, counts: FileCounts | undefined): string {
  return `${found.toLocaleString('en-US')} of ${count(documents, 'document')}${describeSkipped(counts)}`;
}

/** '; 3 binary files and 1 unreadable file passed over', empty where there are none. */
export function describeSkipped(counts: FileCounts | undefined): string {
  const kinds = (['binary', 'unreadable'] as const).flatMap((kind) => {
    const number = counts?.[kind] ?? 0;
    return number === 0 ? [] : [count(number, `${kind} file`)];
  });
  return kinds.length === 0 ? '' : `; ${kinds.join(' and ')} passed over`;
}

export function count(number: number, what: string): string {
  return `${number.toLocaleString('en-US')} ${what}${number === 1 ? '' : 's'}`;
}

export function hitToJson({ hit, place, excerpts }: HitWithExcerpts): object {
  const { file, line, end } = place;
  return { file, ...(end !== -1 && { line }), score: hit.score, terms: hit.shares, lines: excerpts ?? null };
}
