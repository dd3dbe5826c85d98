// What the tally of all inputs comes to: the two values, or what is wrong with the data.

import { KINDS } from '../cells/notation.ts';
import type { Kind } from '../cells/notation.ts';
import type { Cell, Extremes, Place, RaggedLine, Seen, Tally } from '../cells/tally.ts';
import { quote } from '../cells/words.ts';
import type { FileRequest } from './arguments.ts';

/** What was found. */
export interface Found {
  /** What can be compared with what; 'nan' where NaN is the result. */
  readonly kind: Kind | 'nan';
  readonly least: Cell;
  readonly most: Cell;
  readonly values: number;
  /** Empty cells, words for a gap, and NaN where it is ignored. */
  readonly gaps: number;
  /** Cells that are no value, or one of another kind: passed over where that was asked for. */
  readonly invalid: Seen;
  readonly ragged: Seen<RaggedLine>;
}

type Policies = Pick<FileRequest, 'nan' | 'invalid' | 'column' | 'inputs'>;

/** The first thing that is wrong with the data, as one line; undefined where nothing is. */
export function faultOf(tally: Tally, policies: Policies): string | undefined {
  const { invalid, nan, openQuote } = tally;
  const faults: [place: Place, words: string][] = [];
  const [main, ...others] = kindsOf(tally);
  const add = (cell: Cell | undefined, ending: string): void => {
    if (cell === undefined) return;
    const kind = main !== undefined && isBefore(main.first, cell) ? main.kind : 'number';
    const expected = kind === 'number' ? KINDS[kind] : `${KINDS[kind]} as in ${placeOf(main!.first, policies)}`;
    faults.push([cell, `Expected ${whereOf(cell, policies)} to be ${expected}, got ${quote(cell.text)}${ending}`]);
  };
  if (policies.invalid === 'throw') {
    add(invalid.first, invalid.first === undefined ? '' : hintFor(invalid.first.text));
    for (const { first } of others) add(first, '');
  }
  if (policies.nan === 'throw') add(nan.first, '; --nan ignore passes over it');
  if (openQuote.first) {
    const words = `Expected the quote that is opened in ${placeOf(openQuote.first, policies)} to be closed`;
    faults.push([openQuote.first, `${words}, the text ends within it`]);
  }
  return faults.toSorted(([a], [b]) => (isBefore(a, b) ? -1 : 1))[0]?.[1];
}

/** What was found in data without a fault; undefined where there is no value. */
export function resultOf(tally: Tally, { nan: policy }: Policies): Found | undefined {
  const [main, ...others] = kindsOf(tally);
  const { nan } = tally;
  const invalid = others.reduce<Seen>(
    (seen, { count, first }) => ({
      count: seen.count + count,
      first: seen.first !== undefined && isBefore(seen.first, first) ? seen.first : first,
    }),
    tally.invalid,
  );
  const found = { gaps: tally.gaps, invalid, ragged: tally.ragged };
  if (policy === 'propagate' && nan.first !== undefined) {
    return { ...found, kind: 'nan', least: nan.first, most: nan.first, values: (main?.count ?? 0) + nan.count };
  }
  if (main === undefined) return undefined;
  const { kind, least, most, count } = main;
  return { ...found, kind, least, most, values: count, gaps: tally.gaps + nan.count };
}

/** The kinds of values that came, in the order of their first ones: the first is that of the column. */
function kindsOf({ kinds }: Tally): (Extremes & { kind: Kind })[] {
  const all = Object.entries(kinds).map(([kind, extremes]) => ({ kind: kind as Kind, ...extremes }));
  return all.toSorted((a, b) => (isBefore(a.first, b.first) ? -1 : 1));
}

function isBefore(a: Place, b: Place): boolean {
  return a.input < b.input || (a.input === b.input && a.line < b.line);
}

function whereOf(cell: Cell, policies: Policies): string {
  const { column } = policies;
  return column === undefined ? placeOf(cell, policies) : `column ${quote(column)} of ${placeOf(cell, policies)}`;
}

/** 'line 3', and which file where there are several. */
export function placeOf({ line, input }: Place, { inputs }: Pick<Policies, 'inputs'>): string {
  return inputs.length === 1 ? `line ${line}` : `line ${line} of ${quote(inputs[input]!.path)}`;
}

const OTHER_NOTATION = /^[+-]?\d[\d.,'\u2019_ \u00A0\u202F]*%?$/;
const WORD_FOR_A_GAP = /^(?:#?n\/?a|null|none|nil|missing|unknown|\\n|[-.?]+)$/i;

function hintFor(text: string): string {
  if (OTHER_NOTATION.test(text)) return '; --decimal and --thousands say how numbers are written';
  return WORD_FOR_A_GAP.test(text) ? `; --gap ${text} takes it for a gap` : '';
}
