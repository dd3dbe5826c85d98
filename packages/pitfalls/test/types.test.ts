// What the compiler refuses and what it lets pass. `tsc -p packages/pitfalls` is the judge: an expected error that does
// not come is an error. Running it shows what is left of `readonly` at run time: nothing.

import { describe, expect, expectTypeOf, test } from 'vitest';

interface Job {
  name: string;
  limits: { cores: number };
}

describe('readonly arrays', () => {
  const names: readonly string[] = ['b', 'a'];

  test('refuse push and sort, which would work', () => {
    // @ts-expect-error -- no push on a readonly array
    names.push('c');
    // @ts-expect-error -- no sort either
    names.sort();
    expect(names).toEqual(['a', 'b', 'c']);
  });

  test('allow toSorted, and are not assignable to a mutable array', () => {
    expectTypeOf(names.toSorted()).toEqualTypeOf<string[]>();
    // @ts-expect-error -- the mutable one could push
    const mutable: string[] = names;
    expect(mutable).toBe(names);
  });

  test('end at one level', () => {
    const grid: readonly number[][] = [[1]];
    grid[0]!.push(2);
    const deep: readonly (readonly number[])[] = grid;
    // @ts-expect-error -- readonly below, too
    deep[0]!.push(3);
    expect(grid).toEqual([[1, 2, 3]]);
  });
});

describe('Readonly<T>', () => {
  test('refuses a write through this name', () => {
    const job: Readonly<Job> = { name: 'build', limits: { cores: 2 } };
    // @ts-expect-error -- name is readonly
    job.name = 'test';
    expect(job.name).toBe('test');
  });

  test('does not reach below, and does not keep the object from being passed on as mutable', () => {
    const job: Readonly<Job> = { name: 'build', limits: { cores: 2 } };
    job.limits.cores = 64;
    const mutable: Job = job;
    mutable.name = 'test';
    expect(job).toEqual({ name: 'test', limits: { cores: 64 } });
  });
});

describe('as const', () => {
  test('reaches all levels of a literal', () => {
    const job = { name: 'build', limits: { cores: 2 }, tags: ['ci'] } as const;
    // @ts-expect-error -- readonly
    job.limits.cores = 64;
    // @ts-expect-error -- a readonly tuple
    job.tags.push('night');
    expectTypeOf(job.tags).toEqualTypeOf<readonly ['ci']>();
    expect(job).toEqual({ name: 'build', limits: { cores: 64 }, tags: ['ci', 'night'] });
  });

  test('const alone holds the name only', () => {
    const names = ['b', 'a'];
    names.push('c');
    expectTypeOf(names).toEqualTypeOf<string[]>();
    expect(names).toHaveLength(3);
  });
});

describe('what has no type', () => {
  test('the sum of two arrays is refused, and a string at run time', () => {
    // @ts-expect-error -- not for arrays
    const sum: unknown = [1] + [2];
    expect(sum).toBe('12');
  });

  test('Object.freeze is known for one level', () => {
    const job = Object.freeze({ name: 'build', limits: { cores: 2 } });
    expect(() => {
      // @ts-expect-error -- and refused at run time as well
      job.name = 'test';
    }).toThrow(TypeError);
    job.limits.cores = 64;
    expect(job.limits.cores).toBe(64);
  });

  test('copies are typed as if they kept methods and getters', () => {
    class Point {
      x = 1;
      double(): number {
        return this.x * 2;
      }
    }
    const clone = structuredClone(new Point());
    expectTypeOf(clone).toEqualTypeOf<Point>();
    expect(() => clone.double()).toThrow(TypeError);
  });

  test('a spread of an instance is known to have no methods', () => {
    class Point {
      x = 1;
      double(): number {
        return this.x * 2;
      }
    }
    // oxlint-disable-next-line typescript/no-misused-spread -- the linter knows it, too
    const copy = { ...new Point() };
    // @ts-expect-error -- methods stand on the prototype
    expect(copy.double).toBeUndefined();
  });

  test('elements of an array with empty places are typed as possibly undefined, by noUncheckedIndexedAccess', () => {
    const rows = Array.from<number[]>({ length: 0 });
    expectTypeOf(rows[0]).toEqualTypeOf<number[] | undefined>();
    expect(rows[0]).toBeUndefined();
  });
});
