// Results as text and as JSON.

import { styleText } from 'node:util';
import type { Place } from '../files/places.ts';
import type { FileCounts } from '../files/read-documents.ts';
import type { Excerpt } from '../search/excerpt.ts';
import type { Hit } from '../search/rank/explain.ts';
import type { RankName } from '../search/rank/rank.ts';
import type { Answer } from '../search/search-index.ts';
import { printable } from './printable.ts';

/** What became of a file since it was indexed. */
export type FileState = 'same' | 'changed' | 'gone' | 'standard input';

/** A hit with what is shown of its document; no excerpts where it could not be read again. */
export interface HitWithExcerpts {
  readonly hit: Hit;
  readonly place: Place;
  readonly state: FileState;
  readonly excerpts: readonly Excerpt[] | undefined;
}

/** Words of a query whose shares are shown. */
const SHARES = 5;

const STATES: Readonly<Record<FileState, string | undefined>> = {
  same: undefined,
  changed: 'has changed since it was indexed',
  gone: 'cannot be read any more',
  'standard input': 'was the standard input when it was indexed',
};

/** 'notes.txt:12' for a part of a file. */
export function nameOf({ file, line, end }: Place): string {
  return printable(end === -1 ? file : `${file}:${line}`);
}

/**
 * The score, the document, what each word brought, and the lines that have them.
 *
 * @param columns of the terminal: what would be longer goes on; Infinity where there is none
 */
export function drawHit({ hit, place, state, excerpts }: HitWithExcerpts, rank: RankName, columns: number): string {
  const all = hit.shares.map(({ term, share }) => `${printable(term)} ${Math.round(share * 100)} %`);
  const shares = `(${(all.length > SHARES ? [...all.slice(0, SHARES), '…'] : all).join(', ')})`;
  const score = hit.score.toFixed(rank === 'bm25' ? 2 : 3);
  const isLong = score.length + nameOf(place).length + shares.length + 4 > columns;
  const head = `${score}  ${styleText('bold', nameOf(place))}${isLong ? '\n' : ''}  ${styleText('dim', shares)}`;
  const width = String(excerpts?.at(-1)?.line ?? '').length;
  const lines = (excerpts ?? []).map(
    (excerpt) => `  ${styleText('dim', `${String(excerpt.line).padStart(width)}:`)} ${highlight(excerpt)}`,
  );
  const note = STATES[state] ?? (excerpts === undefined ? STATES.gone : undefined);
  const inName = note === undefined && lines.length === 0 ? 'in its name' : note;
  return [head, ...(inName === undefined ? [] : [`  (${inName})`]), ...lines].join('\n');
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

/** Words that no document has, and those that were searched for instead; a line each, none where there are none. */
export function describeWords({ unknown, corrected }: Pick<Answer, 'unknown' | 'corrected'>): string[] {
  const lines: string[] = [];
  const quoted = unknown.map((word) => (word.startsWith('"') ? printable(word) : `'${printable(word)}'`));
  if (quoted.length > 0) lines.push(`no document has ${quoted.join(', ')}`);
  for (const { typed, searched } of corrected) {
    lines.push(`searched for: ${printable(searched)} (typed: ${printable(typed)}; --exact searches for that alone)`);
  }
  return lines;
}

/** '12 of 400 documents; 3 binary and 1 unreadable files passed over' */
export function summarize(found: number, documents: number, counts: FileCounts | undefined): string {
  return `${grouped(found)} of ${count(documents, 'document')}${describeSkipped(counts)}`;
}

const SKIPPED = { binary: 'binary file', unreadable: 'unreadable file', badRecords: 'bad record' } as const;

/** '; 3 binary files and 1 unreadable file passed over', empty where there are none. */
export function describeSkipped(counts: FileCounts | undefined): string {
  const kinds = (['binary', 'unreadable', 'badRecords'] as const).flatMap((kind) => {
    const number = counts?.[kind] ?? 0;
    return number === 0 ? [] : [count(number, SKIPPED[kind])];
  });
  return kinds.length === 0 ? '' : `; ${kinds.join(' and ')} passed over`;
}

export function count(number: number, what: string): string {
  return `${grouped(number)} ${what}${number === 1 ? '' : 's'}`;
}

/** A hit for programs; `state` only where the file is not what it was. */
export function hitToJson({ hit, place, state, excerpts }: HitWithExcerpts): object {
  const { file, line, end } = place;
  const changed = state === 'same' ? {} : { state };
  return {
    file,
    ...(end !== -1 && { line }),
    score: hit.score,
    terms: hit.shares,
    ...changed,
    lines: excerpts ?? null,
  };
}

/** 50,000. `toLocaleString` would load the data of all languages: a tenth of the time of a query. */
function grouped(number: number): string {
  return String(number).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
}
