// Names and objects: assignment, in place or new, arguments, nested arrays.

import { describe, expect, test } from 'vitest';
import * as passed from '../src/arguments/recipe.ts';
import * as assigned from '../src/assignment-aliases/recipe.ts';
import * as comprehension from '../src/comprehension/recipe.ts';
import { freezes, sortMethods } from '../src/mutable-or-immutable/proof/methods.ts';
import * as mutable from '../src/mutable-or-immutable/recipe.ts';
import * as nested from '../src/nested-array/recipe.ts';

describe('assignment-aliases', () => {
  test('an assigned array is the same array', () => {
    const { monday, tuesday } = assigned.trap();
    expect(monday).toBe(tuesday);
    expect(monday).toEqual(['write', 'test', 'release']);
  });

  test('a spread array is another one, and the first keeps its values', () => {
    const { monday, tuesday } = assigned.fix();
    expect(monday).not.toBe(tuesday);
    expect(monday).toEqual(['write', 'test']);
    expect(tuesday).toEqual(['write', 'test', 'release']);
  });

  test('a readonly array may be shared', () => {
    const { monday, tuesday } = assigned.cheaperFix();
    expect(monday).toBe(tuesday);
    expect(monday).toEqual(['write', 'test']);
  });

  test('objects of six kinds show a change through the second name, primitives of six kinds do not', () => {
    expect(assigned.seenThroughFirstName()).toEqual({
      objects: { array: true, object: true, Map: true, Set: true, Date: true, Buffer: true },
      primitives: { string: false, number: false, bigint: false, boolean: false, undefined: false, symbol: false },
    });
  });
});

describe('mutable-or-immutable', () => {
  test('sort returns the array that it was called on, sorted', () => {
    const { samples, sorted, first } = mutable.trap();
    expect(sorted).toBe(samples);
    expect(samples).toEqual([10, 20, 30]);
    expect(first).toBe(10);
  });

  test('toSorted leaves its array alone', () => {
    const { samples, sorted, first } = mutable.fix();
    expect(sorted).not.toBe(samples);
    expect(samples).toEqual([30, 10, 20]);
    expect(sorted).toEqual([10, 20, 30]);
    expect(first).toBe(30);
  });

  test('sorting what map has made leaves the source alone', () => {
    const { hosts, sorted } = mutable.cheaperFix();
    expect(hosts.map(({ load }) => load)).toEqual([3, 1, 2]);
    expect(sorted).toEqual([1, 2, 3]);
  });

  test('every method tried is known to change its receiver or not', () => {
    expect(sortMethods()).toEqual({
      inPlace: ['push', 'pop', 'shift', 'unshift', 'splice', 'sort', 'reverse', 'fill', 'copyWithin'],
      fresh: ['toSorted', 'toReversed', 'toSpliced', 'with', 'concat', 'slice', 'map', 'filter', 'flat'],
      otherInPlace: [
        'Map set',
        'Set add',
        'Date setHours',
        'Object.assign, its first argument',
        'RegExp test, lastIndex of a /g',
      ],
      stringsChanged: [],
    });
  });

  test('Object.freeze refuses changes of one level, and not those of a Map or a Date', () => {
    expect(mutable.shallowFreeze().limits.cores).toBe(64);
    expect(freezes()).toEqual({
      property: 'refused',
      'push to an array': 'refused',
      'inner object': 'changed all the same',
      'Map entry': 'changed all the same',
      Date: 'changed all the same',
      'freezing a typed array': 'refused',
    });
  });
});

describe('arguments', () => {
  test("a callee that fills in a field fills it into the caller's object", () => {
    const { mine, used } = passed.trap();
    expect(used).toBe(mine);
    expect(mine).toEqual({ url: '/status', retries: 3 });
  });

  test('a callee that builds a new object leaves it alone', () => {
    const { mine, used } = passed.fix();
    expect(mine).toEqual({ url: '/status' });
    expect(used).toEqual({ url: '/status', retries: 3 });
    expect(passed.fix({ url: '/status', retries: 5 }).used.retries).toBe(5);
    expect(passed.cheaperFix({ url: '/status', retries: 5 }).used).toBe('/status, 5 retries');
  });

  test('a default that is spread first is overridden by an undefined field, a destructured one is not', () => {
    const explicit = { url: '/status', retries: undefined } as unknown as passed.Options;
    expect(passed.fix(explicit).used.retries).toBeUndefined();
    expect(passed.cheaperFix(explicit).used).toBe('/status, 3 retries');
  });

  test('a default value is made at each call, one in a constant is made once', () => {
    expect(passed.defaultAtEachCall()).toEqual([[1], [2], [3]]);
    const [first, second, third] = passed.defaultMadeOnce();
    expect(first).toEqual([1, 2, 3]);
    expect(second).toBe(first);
    expect(third).toBe(first);
  });
});

describe('nested-array', () => {
  test('fill([]) holds one array three times', () => {
    const grid = nested.trap();
    expect(grid).toEqual([[1], [1], [1]]);
    expect(grid[0]).toBe(grid[2]);
  });

  test('fill({}) holds one object three times', () => {
    const hosts = nested.trapWithObjects();
    expect(hosts).toEqual([{ load: 0.5 }, { load: 0.5 }, { load: 0.5 }]);
    expect(hosts[0]).toBe(hosts[2]);
  });

  test('Array.from makes three arrays', () => {
    const grid = nested.fix();
    expect(grid).toEqual([[1], [], []]);
    expect(grid[1]).not.toBe(grid[2]);
  });

  test('a flat grid has one cell changed', () => {
    const { grid } = nested.cheaperFix();
    expect([...grid]).toEqual([0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  });
});

describe('comprehension', () => {
  test('map over empty places calls nothing and leaves them empty', () => {
    const rows = comprehension.trap();
    expect(comprehension.callsOfMap()).toBe(0);
    expect(rows).toHaveLength(3);
    expect(0 in rows).toBe(false);
  });

  test('a function that names one row gives it three times', () => {
    expect(new Set(comprehension.namesOneRow()).size).toBe(1);
  });

  test('a function that makes a row makes three', () => {
    expect(new Set(comprehension.fix()).size).toBe(3);
  });

  test('a row is made when it is asked for', () => {
    expect([...comprehension.cheaperFix()]).toEqual([[2, [1]]]);
  });
});
