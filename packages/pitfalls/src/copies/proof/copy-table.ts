// What each way of copying makes of each kind of value, found by doing it.

import { isDeepStrictEqual, types } from 'node:util';
import { KINDS } from './kinds.ts';
import type { Key, Kind } from './kinds.ts';

/** kept: an equal value of its own. lost: the field is gone. shared: the very same object or memory in both. */
export type Fate = 'kept' | 'lost' | 'changed' | 'refused' | 'shared';

/** What a copy may do to a value short of keeping or sharing it. */
export const LOSING: readonly Fate[] = ['lost', 'changed', 'refused'];

type Holder = Record<Key, unknown>;

const COPIERS = {
  spread: (holder: Holder): unknown => ({ ...holder }),
  'Object.assign': (holder: Holder): unknown => Object.assign({}, holder),
  slice: (holder: Holder): unknown => (holder as unknown as unknown[]).slice(),
  structuredClone: (holder: Holder): unknown => structuredClone(holder),
  JSON: (holder: Holder): unknown => JSON.parse(JSON.stringify(holder)) as unknown,
};

export type Copier = keyof typeof COPIERS;

export const COPIER_NAMES = Object.keys(COPIERS) as Copier[];

/** The whole table: a row a kind, a cell a copier. */
export function copyTable(): { kind: string; fates: Record<Copier, Fate> }[] {
  return KINDS.map((kind) => ({
    kind: kind.name,
    fates: Object.fromEntries(COPIER_NAMES.map((copier) => [copier, fateOf(kind, copier)])) as Record<Copier, Fate>,
  }));
}

/** Copies a holder of one value of this kind and compares. */
export function fateOf(kind: Kind, copier: Copier): Fate {
  const holder = (copier === 'slice' ? [] : {}) as Holder;
  const key = kind.put(holder, '0');
  let copy: Holder;
  try {
    copy = COPIERS[copier](holder) as Holder;
  } catch {
    return 'refused'; // DataCloneError, or a TypeError of JSON.stringify
  }
  if (!Object.hasOwn(copy, key)) return 'lost';
  if (isGetter(holder, key) !== isGetter(copy, key)) return 'changed';
  return compare(holder, copy, key);
}

function compare(holder: Holder, copy: Holder, key: Key): Fate {
  const [before, after] = [holder[key], copy[key]];
  const isObject = (typeof before === 'object' && before !== null) || typeof before === 'function';
  if (isObject && before === after) return 'shared';
  if (before === holder) return after === copy ? 'kept' : 'changed'; // the cycle closes in the copy
  if (types.isSharedArrayBuffer(before) && types.isSharedArrayBuffer(after)) {
    new Uint8Array(after)[0] = 99;
    return new Uint8Array(before)[0] === 99 ? 'shared' : 'kept';
  }
  return isDeepStrictEqual(before, after) ? 'kept' : 'changed';
}

function isGetter(holder: Holder, key: Key): boolean {
  return Object.getOwnPropertyDescriptor(holder, key)?.get !== undefined;
}
