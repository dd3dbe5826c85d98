// New names by a counter.

import type { BigIntStats } from 'node:fs';
import { extname } from 'node:path/posix';
import type { Entry, Selection } from '../disk/listing.ts';
import { baseOf, toText } from '../names/raw-path.ts';
import { pairsOf } from './pattern.ts';
import type { Wish } from './wish.ts';

export const ORDERS = ['natural', 'name', 'time', 'size'] as const;

export interface SequenceOptions {
  /** The first number, 1 where it is left out. */
  readonly start?: number;
  /** Digits that a number has at least, 1 where it is left out. */
  readonly pad?: number;
  /** `natural` has 9 before 10, `name` goes by the characters, `time` by the last change, `size` by the bytes. */
  readonly order?: (typeof ORDERS)[number];
}

const FIELDS = new Set(['n', 'name', 'ext', 'date']);
const natural = new Intl.Collator('en', { numeric: true });

/**
 * Names every selected entry by a template: {n} the counter, {name} the old name without its extension, {ext} the
 * extension with its dot, {date} the day of the last change in local time.
 *
 * @throws RangeError where the template has no {n}, or a field that there is not
 */
export function sequenceWish(
  template: string,
  { start = 1, pad = 1, order = 'natural' }: SequenceOptions = {},
  selection: Selection = {},
): Wish {
  const fields = [...template.matchAll(/\{(\w*)\}/g)].map(([, field]) => field!);
  const unknown = fields.find((field) => !FIELDS.has(field));
  if (unknown !== undefined)
    throw new RangeError(`Expected {n}, {name}, {ext} or {date} in the template, got {${unknown}}`);
  if (!fields.includes('n')) throw new RangeError(`Expected {n} in the template, got '${template}'`);

  return (listing, fs, root) => {
    const stats = (entry: Entry): BigIntStats | undefined => fs.lstat(`${root}/${entry.path}`);
    const entries = sort(listing.select(selection), order, stats);
    const numbers = new Map(entries.map(({ path }, index) => [path, String(start + index).padStart(pad, '0')]));
    return pairsOf(listing, selection, (entry) => {
      const old = toText(baseOf(entry.path));
      const ext = extname(old);
      const values: Readonly<Record<string, () => string>> = {
        n: () => numbers.get(entry.path)!,
        name: () => old.slice(0, old.length - ext.length),
        ext: () => ext,
        date: () => localDay(new Date(Number(stats(entry)?.mtimeMs ?? 0n))),
      };
      const renamed = template.replaceAll(/\{(\w+)\}/g, (_, field: string) => values[field]!());
      return renamed === old ? undefined : renamed;
    });
  };
}

function sort(
  entries: readonly Entry[],
  order: NonNullable<SequenceOptions['order']>,
  statsOf: (entry: Entry) => BigIntStats | undefined,
): Entry[] {
  const named = entries.map((entry) => ({ entry, name: toText(entry.path), rank: 0n }));
  if (order === 'time' || order === 'size') {
    for (const one of named) {
      const stats = statsOf(one.entry);
      one.rank = (order === 'time' ? stats?.mtimeNs : stats?.size) ?? 0n;
    }
  }
  return named
    .toSorted((a, b) => {
      if (a.rank !== b.rank) return a.rank < b.rank ? -1 : 1;
      return (order === 'name' ? 0 : natural.compare(a.name, b.name)) || byCharacters(a.name, b.name);
    })
    .map(({ entry }) => entry);
}

function byCharacters(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function localDay(date: Date): string {
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
