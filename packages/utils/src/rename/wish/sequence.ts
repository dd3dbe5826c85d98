// New names by a template: a counter, the old name, dates.

import type { BigIntStats } from 'node:fs';
import type { Entry } from '../disk/listing.ts';
import type { Selection } from '../disk/selection.ts';
import { parentOf, show, toText } from '../names/raw-path.ts';
import { DATES, readDateFormat } from './dates.ts';
import type { Parts } from './dates.ts';
import { rulesWish, splitName } from './rules.ts';
import type { Rule, Scene } from './rules.ts';
import type { Wish } from './wish.ts';

export const ORDERS = ['natural', 'name', 'time', 'size', 'taken'] as const;

export interface SequenceOptions {
  /** The first number, 1 where it is left out. */
  readonly start?: number;
  /** Digits that a number has at least, 1 where it is left out. */
  readonly pad?: number;
  /**
   * `natural` has 9 before 10, `name` goes by the characters, `time` by the last change, `size` by the bytes, `taken` by the
   * date in a picture, those without one last.
   */
  readonly order?: (typeof ORDERS)[number];
  /** Numbers begin anew in each folder. */
  readonly perFolder?: boolean;
}

const natural = new Intl.Collator('en', { numeric: true });

/** Renames the selected entries by `sequenceRule`. */
export function sequenceWish(template: string, options: SequenceOptions = {}, selection: Selection = {}): Wish {
  return rulesWish([sequenceRule(template, options)], selection);
}

/**
 * Names every entry by a template: {n} the counter, {name} the name so far without its extension, {ext} the extension with
 * its dot; {date} the day of the last change in local time, {created} of its birth, {taken} of a picture, each with a
 * format after a colon, as in {date:YYYY-MM-DD_HH.mm.ss}. A file without such a date keeps its name, with a warning.
 *
 * @throws RangeError where the template has a field that there is not
 */
export function sequenceRule(template: string, options: SequenceOptions = {}): Rule {
  const parts = readTemplate(template);
  return (given) => {
    const scene = { ...given, takenAt: rememberTaken(given) };
    const numbers = template.includes('{n}') ? numberAll(scene, options) : undefined;
    return (name, entry) => {
      const { stem, extension } = splitName(name);
      let renamed = '';
      for (const part of parts) {
        const value =
          typeof part === 'string' ? part : part({ scene, entry, stem, extension, number: numbers?.get(entry.path) });
        if (value === undefined) return undefined;
        renamed += value;
      }
      return renamed;
    };
  };
}

/** A scene whose pictures are opened once, for their order and for their names. */
interface DatedScene extends Scene {
  readonly takenAt: (entry: Entry) => Parts | undefined;
}

function rememberTaken({ fs, root }: Scene): DatedScene['takenAt'] {
  const known = new Map<string, Parts | undefined>();
  return ({ path }) => {
    if (!known.has(path)) known.set(path, DATES.taken(fs, `${root}/${path}`));
    return known.get(path);
  };
}

interface Asked {
  readonly scene: DatedScene;
  readonly entry: Entry;
  readonly stem: string;
  readonly extension: string;
  readonly number: string | undefined;
}

type Part = string | ((asked: Asked) => string | undefined);

function readTemplate(template: string): Part[] {
  return template.split(/(\{\w*(?::[^{}]*)?\})/).map((text) => {
    const [, field, format] = /^\{(\w*)(?::(.*))?\}$/s.exec(text) ?? [];
    if (field === undefined) return text;
    if (format === undefined && field === 'n') return ({ number }) => number;
    if (format === undefined && field === 'name') return ({ stem }) => stem;
    if (format === undefined && field === 'ext') return ({ extension }) => extension;
    if (!Object.hasOwn(DATES, field)) {
      throw new RangeError(`Expected {n}, {name}, {ext}, {date}, {created} or {taken} in the template, got ${text}`);
    }
    return dateField(field as keyof typeof DATES, format ?? 'YYYY-MM-DD');
  });
}

function dateField(field: keyof typeof DATES, format: string): Part {
  const write = readDateFormat(format);
  return ({ scene: { fs, root, warn, takenAt }, entry }) => {
    const date = field === 'taken' ? takenAt(entry) : DATES[field](fs, `${root}/${entry.path}`);
    if (date === undefined) warn(`'${show(entry.path)}' keeps its name: it has no date for {${field}}`);
    return date && write(date);
  };
}

function numberAll(scene: DatedScene, { start = 1, pad = 1, order = 'natural', perFolder = false }: SequenceOptions) {
  const counts = new Map<string, number>();
  const numbers = new Map<string, string>();
  for (const { path } of sort(scene, order)) {
    const folder = perFolder ? parentOf(path) : '';
    const number = counts.get(folder) ?? start;
    counts.set(folder, number + 1);
    numbers.set(path, String(number).padStart(pad, '0'));
  }
  return numbers;
}

function sort({ entries, fs, root, takenAt }: DatedScene, order: NonNullable<SequenceOptions['order']>): Entry[] {
  const named = entries.map((entry) => ({ entry, name: toText(entry.path), rank: 0n }));
  for (const one of order === 'natural' || order === 'name' ? [] : named) {
    if (order === 'taken') {
      one.rank = rankOf(takenAt(one.entry));
      continue;
    }
    const stats: BigIntStats | undefined = fs.lstat(`${root}/${one.entry.path}`);
    one.rank = (order === 'time' ? stats?.mtimeNs : stats?.size) ?? 0n;
  }
  return named
    .toSorted((a, b) => {
      if (a.rank !== b.rank) return a.rank < b.rank ? -1 : 1;
      return (order === 'name' ? 0 : natural.compare(a.name, b.name)) || byCharacters(a.name, b.name);
    })
    .map(({ entry }) => entry);
}

/** YYYYMMDDHHmmss as a number; what has no date comes after all others. */
function rankOf(date: Parts | undefined): bigint {
  return date === undefined ? 10n ** 14n : BigInt(readDateFormat('YYYY-MM-DD-HH-mm-ss')(date).replaceAll('-', ''));
}

function byCharacters(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
