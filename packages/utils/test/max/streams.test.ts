import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { argmax, argmaxAsync, extent, extentAsync, max, maxAsync, min, minAsync } from '../../src/max/index.ts';

async function* later<T>(values: Iterable<T>): AsyncGenerator<T> {
  for (const value of values) yield await Promise.resolve(value);
}

test('values that come over time give the same as an array of them', async () => {
  const options = fc.record({
    nan: fc.constantFrom('propagate' as const, 'ignore' as const),
    default: fc.constant('none'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.double(), { maxLength: 20 }), options, async (values, given) => {
      expect(await maxAsync(later(values), given)).toBe(max(values, given));
      expect(await minAsync(later(values), given)).toBe(min(values, given));
      expect(await argmaxAsync(later(values), given)).toBe(argmax(values, given));
      expect(await extentAsync(later(values), given)).toEqual(extent(values, given));
    }),
  );
});

test('a stream of Node is one, and so is a list of promises', async () => {
  expect(await maxAsync(Readable.from(['b', 'c', 'a']))).toBe('c');
  expect(await maxAsync([Promise.resolve(1), 3, Promise.resolve(2)])).toBe(3);
  expect(await maxAsync(later([{ load: 1 }, { load: 4 }]), { key: ({ load }) => load })).toEqual({ load: 4 });
});

test('an empty stream is an error', async () => {
  await expect(maxAsync(later<number>([]))).rejects.toThrow('Expected at least one value, got none');
});

test('a stream is closed where a value of it is refused, and its own error comes through', async () => {
  let closed = false;
  const stream = async function* (): AsyncGenerator<number> {
    try {
      yield 1;
      yield NaN;
      yield 2;
    } finally {
      closed = true;
    }
  };
  await expect(maxAsync(stream(), { nan: 'throw' })).rejects.toThrow('Expected no NaN, got one at index 1');
  expect(closed).toBe(true);
  const failing = async function* (): AsyncGenerator<number> {
    yield 1;
    throw new Error('unplugged');
  };
  await expect(maxAsync(failing())).rejects.toThrow('unplugged');
});
