// What has been found in a part of the input, as plain data: it travels between threads, and parts are joined in order.

import { compareDecimals } from './decimal.ts';
import type { CellReader, Kind } from './notation.ts';

/** Where something stands. */
export interface Place {
  /** From 1 up. */
  readonly line: number;
  /** Which of the inputs, from 0 up. */
  readonly input: number;
}

/** A cell of the column, and where it stands: in the line in which it ends. */
export interface Cell extends Place {
  /** As it is written in the input, without blanks around it. */
  readonly text: string;
}

/** The values of one kind. */
export interface Extremes {
  readonly count: number;
  readonly first: Cell;
  readonly least: Cell;
  readonly most: Cell;
}

/** Cells, or lines, of a sort, and the first of them. */
export interface Seen<T = Cell> {
  readonly count: number;
  readonly first?: T;
}

/** A line that has another number of cells than the first one. */
export interface RaggedLine extends Place {
  readonly cells: number;
  readonly expected: number;
}

/** What has been found in a part of the input. */
export interface Tally {
  readonly kinds: Readonly<Partial<Record<Kind, Extremes>>>;
  readonly gaps: number;
  readonly nan: Seen;
  /** Cells that are neither a value nor a gap. */
  readonly invalid: Seen;
  readonly ragged: Seen<RaggedLine>;
  /** Quotes that the input ends within: one at most. */
  readonly openQuote: Seen<Place>;
}

/** Nothing found. */
export const EMPTY: Tally = {
  kinds: {},
  gaps: 0,
  nan: { count: 0 },
  invalid: { count: 0 },
  ragged: { count: 0 },
  openQuote: { count: 0 },
};

/** The tally of two parts of which `b` comes after `a`. Of equal values the first stays. */
export function joinTallies(a: Tally, b: Tally, reader: CellReader): Tally {
  const kinds = { ...a.kinds };
  for (const kind of Object.keys(b.kinds) as Kind[]) kinds[kind] = joinExtremes(a.kinds[kind], b.kinds[kind]!, reader);
  return {
    kinds,
    gaps: a.gaps + b.gaps,
    nan: joinSeen(a.nan, b.nan),
    invalid: joinSeen(a.invalid, b.invalid),
    ragged: joinSeen(a.ragged, b.ragged),
    openQuote: joinSeen(a.openQuote, b.openQuote),
  };
}

function joinExtremes(a: Extremes | undefined, b: Extremes, reader: CellReader): Extremes {
  if (a === undefined) return b;
  const order = (x: Cell, y: Cell): number => compareDecimals(reader.exact(x.text), reader.exact(y.text));
  return {
    count: a.count + b.count,
    first: a.first,
    least: order(b.least, a.least) < 0 ? b.least : a.least,
    most: order(b.most, a.most) > 0 ? b.most : a.most,
  };
}

function joinSeen<T>(a: Seen<T>, b: Seen<T>): Seen<T> {
  return { ...b, ...a, count: a.count + b.count };
}

/** The tally of a part that begins `lines` lines further down. */
export function moveDown(tally: Tally, lines: number): Tally {
  const move = <T extends Place>(place: T): T => ({ ...place, line: place.line + lines });
  const seen = <T extends Place>({ count, first }: Seen<T>): Seen<T> =>
    first === undefined ? { count } : { count, first: move(first) };
  const kinds: Partial<Record<Kind, Extremes>> = {};
  for (const [kind, { count, first, least, most }] of Object.entries(tally.kinds)) {
    kinds[kind as Kind] = { count, first: move(first), least: move(least), most: move(most) };
  }
  return {
    kinds,
    gaps: tally.gaps,
    nan: seen(tally.nan),
    invalid: seen(tally.invalid),
    ragged: seen(tally.ragged),
    openQuote: seen(tally.openQuote),
  };
}
