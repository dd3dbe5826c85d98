// The order in which lines of several printers arrived.

import type { Grades } from './outcomes.ts';

/** What may be seen of two printers, and what never. */
export const ORDER_GRADES: Grades = {
  'A before B': 'acceptable',
  'B before A': 'acceptable',
  interleaved: 'acceptable',
  'own order broken': 'forbidden',
  'lines lost': 'forbidden',
};

/** A line that says who printed it and which of its lines it is, counted from 0. */
export interface OrderedLine {
  readonly name: string;
  readonly number: number;
}

/**
 * 'A before B' where all of one printer's lines came first, 'interleaved' where they mix, 'own order broken' where a
 * printer's own lines are out of order, 'lines lost' where it is not `count` lines each.
 */
export function orderOf(lines: readonly OrderedLine[], names: readonly string[], count: number): string {
  const own = names.map((name) => lines.filter((line) => line.name === name).map(({ number }) => number));
  if (lines.length !== names.length * count || own.some((numbers) => numbers.length !== count)) return 'lines lost';
  if (own.some((numbers) => numbers.some((number, index) => number !== index))) return 'own order broken';
  const turns = lines.map(({ name }) => name).filter((name, index, all) => name !== all[index - 1]);
  return turns.length === names.length ? turns.join(' before ') : 'interleaved';
}
