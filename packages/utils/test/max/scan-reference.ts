// What the scanner should find, found slowly: character by character, every number compared as a fraction of bigints.

import type { Layout } from '../../src/max/rows/layout.ts';

export interface Expected {
  readonly values: number;
  readonly gaps: number;
  readonly nan: number;
  readonly invalid: number;
  readonly ragged: number;
  readonly openQuote: number;
  readonly least: readonly [text: string, line: number] | undefined;
  readonly most: readonly [text: string, line: number] | undefined;
}

interface ReadRecord {
  readonly cells: { text: string; line: number }[];
  readonly isBlank: boolean;
}

/** The records of CSV as Python's csv reads them, each cell with the line in which it ends. */
function recordsOf(text: string, delimiter: string): { records: ReadRecord[]; isOpen: boolean } {
  const records: ReadRecord[] = [];
  let line = 1;
  let cells: ReadRecord['cells'] = [];
  let cell = '';
  let raw = '';
  let state: 'start' | 'plain' | 'quoted' | 'closed' = 'start';
  const endCell = (): void => {
    cells.push({ text: cell, line });
    cell = '';
    state = 'start';
  };
  const endRecord = (): void => {
    endCell();
    records.push({ cells, isBlank: raw.split('').every((character) => character <= ' ') });
    cells = [];
    raw = '';
  };
  for (const character of text) {
    if (state !== 'quoted' && character === '\n') {
      endRecord();
      line++;
      continue;
    }
    raw += character;
    if (state === 'start' && character === '"') state = 'quoted';
    else if (state === 'quoted' && character === '"') state = 'closed';
    else if (state === 'closed' && character === '"') {
      cell += '"';
      state = 'quoted';
    } else if (state !== 'quoted' && character === delimiter) endCell();
    else {
      if (state !== 'quoted') state = 'plain';
      if (state === 'quoted' && character === '\n') line++;
      cell += character;
    }
  }
  const isOpen = state === 'quoted';
  if (raw !== '') endRecord();
  return { records, isOpen };
}

const NUMBER = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/;

/** A number as a fraction of two bigints; undefined where the text is none. */
function fractionOf(text: string): { numerator: bigint; denominator: bigint; isNegative: boolean } | undefined {
  const [, sign, whole = '', fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
  if (sign === undefined || whole + fraction === '') return undefined;
  const isNegative = sign === '-';
  const power = BigInt(exponent) - BigInt(fraction.length);
  const digits = BigInt(whole + fraction) * (isNegative ? -1n : 1n);
  return power < 0n
    ? { numerator: digits, denominator: 10n ** -power, isNegative }
    : { numerator: digits * 10n ** power, denominator: 1n, isNegative };
}

/** As sort compares; -0 is less than 0. */
export function compareFractions(a: string, b: string): number {
  const [x, y] = [fractionOf(a)!, fractionOf(b)!];
  const difference = x.numerator * y.denominator - y.numerator * x.denominator;
  if (difference !== 0n) return difference < 0n ? -1 : 1;
  return x.numerator === 0n ? Number(y.isNegative) - Number(x.isNegative) : 0;
}

/** What is in the column `wanted` of text without a header. */
export function expectedOf(text: string, layout: Pick<Layout, 'wanted' | 'cells'>, delimiter: string): Expected {
  const { records, isOpen } = recordsOf(text, delimiter);
  const found = { values: 0, gaps: 0, nan: 0, invalid: 0, ragged: 0, openQuote: isOpen ? 1 : 0 };
  let least: Expected['least'];
  let most: Expected['most'];
  for (const { cells, isBlank } of records) {
    if (isBlank && (cells.length !== layout.cells || layout.cells === 1)) continue;
    if (cells.length !== layout.cells) {
      found.ragged++;
      continue;
    }
    const { text: written, line } = cells[layout.wanted]!;
    const cell = written.trim();
    if (cell === '') found.gaps++;
    else if (/^nan$/i.test(cell)) found.nan++;
    else if (fractionOf(cell) === undefined) found.invalid++;
    else {
      found.values++;
      if (least === undefined || compareFractions(cell, least[0]) < 0) least = [cell, line];
      if (most === undefined || compareFractions(cell, most[0]) > 0) most = [cell, line];
    }
  }
  return { ...found, least, most };
}
