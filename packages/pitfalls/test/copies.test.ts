import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KINDS } from '../src/copies/proof/kinds.ts';
import { cheaperFix, fix, trap } from '../src/copies/recipe.ts';
import { COPIER_NAMES, fateOf } from '../src/copies/proof/copy-table.ts';
import type { Fate } from '../src/copies/proof/copy-table.ts';

/** The table as it is written down here, against what the copies do: spread, Object.assign, slice, structuredClone, JSON. */
const EXPECTED: Readonly<Record<string, readonly [Fate, Fate, Fate, Fate, Fate]>> = {
  'nested object': ['shared', 'shared', 'shared', 'kept', 'kept'],
  Date: ['shared', 'shared', 'shared', 'kept', 'changed'],
  Map: ['shared', 'shared', 'shared', 'kept', 'changed'],
  Set: ['shared', 'shared', 'shared', 'kept', 'changed'],
  RegExp: ['shared', 'shared', 'shared', 'kept', 'changed'],
  Error: ['shared', 'shared', 'shared', 'kept', 'changed'],
  'class instance': ['shared', 'shared', 'shared', 'changed', 'changed'],
  function: ['shared', 'shared', 'shared', 'refused', 'lost'],
  'symbol key': ['kept', 'kept', 'lost', 'lost', 'lost'],
  getter: ['changed', 'changed', 'changed', 'changed', 'changed'],
  cycle: ['shared', 'shared', 'shared', 'kept', 'refused'],
  undefined: ['kept', 'kept', 'kept', 'kept', 'lost'],
  NaN: ['kept', 'kept', 'kept', 'kept', 'changed'],
  '-0': ['kept', 'kept', 'kept', 'kept', 'changed'],
  BigInt: ['kept', 'kept', 'kept', 'kept', 'refused'],
  'typed array': ['shared', 'shared', 'shared', 'kept', 'changed'],
  SharedArrayBuffer: ['shared', 'shared', 'shared', 'shared', 'changed'],
};

test('the table has a row for every kind', () => {
  expect(KINDS.map(({ name }) => name)).toEqual(Object.keys(EXPECTED));
});

describe.each(KINDS)('$name', (kind) => {
  test.each(COPIER_NAMES.map((copier, column) => ({ copier, fate: EXPECTED[kind.name]![column] })))(
    'by $copier: $fate',
    ({ copier, fate }) => expect(fateOf(kind, copier)).toBe(fate),
  );
});

test('a spread copy shares what lies below the first level', () => {
  const { job, copy } = trap();
  expect(copy).not.toBe(job);
  expect(copy.limits).toBe(job.limits);
  expect(job.limits.cores).toBe(64);
});

test('a clone shares nothing', () => {
  const { job, copy } = fix();
  expect(copy.limits).not.toBe(job.limits);
  expect(copy.due).not.toBe(job.due);
  expect(job.limits.cores).toBe(2);
});

test('a copy along the path is new there and shares the rest', () => {
  const { job, copy } = cheaperFix();
  expect(copy.limits).toEqual({ cores: 64 });
  expect(job.limits).toEqual({ cores: 2 });
  expect(copy.due).toBe(job.due);
});

test('structuredClone resets lastIndex, and makes an Error of an error of your own class', () => {
  const pattern = /a/g;
  pattern.lastIndex = 3;
  expect(structuredClone(pattern).lastIndex).toBe(0);

  class QuotaError extends Error {
    readonly code = 'QUOTA';
  }
  const clone = structuredClone(new QuotaError('full'));
  expect(clone).not.toBeInstanceOf(QuotaError);
  expect(clone.message).toBe('full');
  expect(Object.hasOwn(clone, 'code')).toBe(false);
});

test('whatever JSON can write, both deep copies keep', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      // -0 is what JSON can read and not write.
      const value: unknown = JSON.parse(JSON.stringify(json));
      expect(structuredClone(value)).toEqual(value);
      expect(JSON.parse(JSON.stringify(value))).toEqual(value);
    }),
  );
});
