// What was found in files, as text and as JSON.

import { styleText } from 'node:util';
import { compareDecimals, decimalToText, toDecimal } from '../cells/decimal.ts';
import { CellReader } from '../cells/notation.ts';
import type { Cell } from '../cells/tally.ts';
import type { FileRequest } from './arguments.ts';
import { placeOf } from './result.ts';
import type { Found } from './result.ts';

type Asked = Pick<FileRequest, 'inputs' | 'column' | 'notation'>;

/** A line each for the largest, the smallest and the count. Values stand as they are written in the input. */
export function drawFound({ values, gaps, least, most }: Found, asked: Asked): string {
  const width = Math.max(most.text.length, least.text.length);
  const passed = gaps === 0 ? '' : `, and ${count(gaps, 'gap')}`;
  return [
    `max    ${styleText('bold', most.text.padEnd(width))}  ${placeOf(most, asked)}`,
    `min    ${least.text.padEnd(width)}  ${placeOf(least, asked)}`,
    `count  ${count(values, 'value')}${passed}`,
  ].join('\n');
}

/** What was passed over though it is no gap, a line each. */
export function notesOn({ invalid, ragged }: Found, asked: Asked): string[] {
  const notes: string[] = [];
  if (ragged.first) {
    const { cells, expected } = ragged.first;
    const which = `the first is ${placeOf(ragged.first, asked)} with ${cells}`;
    notes.push(`Passed over ${count(ragged.count, 'line')}: expected ${count(expected, 'cell')}, ${which}`);
  }
  if (invalid.first) {
    const which = `the first is in ${placeOf(invalid.first, asked)}`;
    notes.push(`Passed over ${count(invalid.count, 'cell')} without a value to compare: ${which}`);
  }
  return notes;
}

/** One object. A value is a number where JSON can say it, else a string of it: see `valueToJson`. */
export function foundToJson({ kind, values, gaps, invalid, ragged, least, most }: Found, asked: Asked): string {
  const cell = (each: Cell): object => ({
    value: kind === 'number' ? valueToJson(each.text, asked) : each.text,
    text: each.text,
    line: each.line,
    file: asked.inputs[each.input]!.path,
  });
  return JSON.stringify({
    column: asked.column ?? null,
    kind: kind === 'number' || kind === 'nan' ? 'number' : 'time',
    max: cell(most),
    min: cell(least),
    values,
    gaps,
    invalid: invalid.count,
    ragged: ragged.count,
  });
}

/**
 * A number where a double that is printed as JSON is exactly the number that is written, else a string of all its digits:
 * '1700000000000000001', '1e400', 'Infinity', '-0'.
 */
export function valueToJson(text: string, { notation }: Pick<Asked, 'notation'>): number | string {
  const exact = new CellReader(notation).exact(text);
  const written = decimalToText(exact);
  const value = Number(written);
  const isSame = Number.isFinite(value) && compareDecimals(toDecimal(JSON.stringify(value)), exact) === 0;
  return isSame ? value : written;
}

function count(number: number, what: string): string {
  // As toLocaleString('en-US'), which takes ten milliseconds the first time.
  return `${String(number).replaceAll(/\B(?=(?:\d{3})+$)/g, ',')} ${what}${number === 1 ? '' : 's'}`;
}
