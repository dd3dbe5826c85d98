// Which method changes what it is called on: found by calling it, not looked up.

import { inspect } from 'node:util';

/* oxlint-disable unicorn/no-array-sort, unicorn/no-array-reverse, unicorn/no-array-fill-with-reference-type -- called to see what they change */

const ARRAY_METHODS = {
  push: (array: number[]) => array.push(4),
  pop: (array: number[]) => array.pop(),
  shift: (array: number[]) => array.shift(),
  unshift: (array: number[]) => array.unshift(0),
  splice: (array: number[]) => array.splice(0, 1),
  sort: (array: number[]) => array.sort((a, b) => a - b),
  reverse: (array: number[]) => array.reverse(),
  fill: (array: number[]) => array.fill(0),
  copyWithin: (array: number[]) => array.copyWithin(0, 1),
  toSorted: (array: number[]) => array.toSorted((a, b) => a - b),
  toReversed: (array: number[]) => array.toReversed(),
  toSpliced: (array: number[]) => array.toSpliced(0, 1),
  with: (array: number[]) => array.with(0, 9),
  concat: (array: number[]) => array.concat(4),
  slice: (array: number[]) => array.slice(1),
  map: (array: number[]) => array.map((number) => number + 1),
  filter: (array: number[]) => array.filter((number) => number > 1),
  flat: (array: number[]) => array.flat(),
};

const OTHER_CHANGES = {
  'Map set': () => changes(new Map([[1, 1]]), (map) => map.set(1, 2)),
  'Set add': () => changes(new Set([1]), (set) => set.add(2)),
  'Date setHours': () => changes(new Date(0), (date) => date.setUTCHours(5)),
  'Object.assign, its first argument': () => changes({ a: 1 }, (object) => Object.assign(object, { a: 2 })),
  'RegExp test, lastIndex of a /g': () => changes({ pattern: /a/g }, lastIndexOf),
};

const STRING_METHODS = ['toUpperCase', 'trim', 'padStart', 'concat', 'replaceAll', 'slice', 'repeat'] as const;

export interface Methods {
  readonly inPlace: readonly string[];
  readonly fresh: readonly string[];
  readonly otherInPlace: readonly string[];
  readonly stringsChanged: readonly string[];
}

/** Sorts methods into those that change their receiver and those that leave it. */
export function sortMethods(): Methods {
  const names = Object.keys(ARRAY_METHODS) as (keyof typeof ARRAY_METHODS)[];
  const inPlace = names.filter((name) => changes([3, 1, 2], ARRAY_METHODS[name]));
  const others = Object.entries(OTHER_CHANGES).filter(([, changed]) => changed());
  return {
    inPlace,
    fresh: names.filter((name) => !inPlace.includes(name)),
    otherInPlace: others.map(([name]) => name),
    stringsChanged: STRING_METHODS.filter((name) => {
      const text = ' cookbook ';
      (text[name] as (...args: unknown[]) => string)(2, 'x');
      return text !== ' cookbook ';
    }),
  };
}

type Change = 'refused' | 'changed all the same';

/** What `Object.freeze` does to a value and a change of it: 'refused', or 'changed all the same'. */
export function freezes(): Record<string, Change> {
  return {
    property: outcome(() => ((Object.freeze({ cores: 2 }) as { cores: number }).cores = 4)),
    'push to an array': outcome(() => (Object.freeze([1]) as number[]).push(2)),
    'inner object': outcome(() => (Object.freeze({ limits: { cores: 2 } }).limits.cores = 4)),
    'Map entry': outcome(() => Object.freeze(new Map()).set('cores', 4)),
    Date: outcome(() => Object.freeze(new Date(0)).setFullYear(2_000)),
    'freezing a typed array': outcome(() => Object.freeze(new Uint8Array(1))),
  };
}

function changes<T>(value: T, change: (value: T) => unknown): boolean {
  const written = (): string => inspect(value, { showHidden: true });
  const before = written();
  change(value);
  return written() !== before;
}

function lastIndexOf({ pattern }: { pattern: RegExp }): boolean {
  return pattern.test('aa');
}

function outcome(change: () => unknown): Change {
  try {
    change();
    return 'changed all the same';
  } catch {
    return 'refused';
  }
}
