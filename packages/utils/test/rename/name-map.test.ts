import { hash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NameMap } from '../../src/rename/names/name-map.ts';

test('does what a Map does, but keeps the first value of a name', () => {
  const name = fc.string({ unit: 'binary', maxLength: 4 });
  fc.assert(
    fc.property(fc.array(fc.tuple(name, fc.nat())), fc.array(name), fc.nat(40), (pairs, asked, expected) => {
      const [names, map] = [new NameMap<number>(expected), new Map<string, number>()];
      for (const [key, value] of pairs) {
        expect(names.add(key, value)).toBe(!map.has(key));
        if (!map.has(key)) map.set(key, value);
      }
      expect(names.size).toBe(map.size);
      expect([...names]).toEqual([...map]);
      expect(names.keys()).toEqual([...map.keys()]);
      for (const key of [...asked, ...map.keys()]) {
        expect([names.has(key), names.get(key)]).toEqual([map.has(key), map.get(key)]);
      }
    }),
  );
});

// Of so many names without a pattern some ten have the same hash of 32 bits as another one.
test('keeps names apart that have the same hash', () => {
  const all = Array.from({ length: 300_000 }, (_, n) => hash('sha1', String(n), 'base64url'));
  const names = new NameMap<number>();
  for (const [n, name] of all.entries()) names.add(name, n);
  expect(names.size).toBe(all.length);
  expect(all.filter((name, n) => names.get(name) !== n)).toEqual([]);
  expect(names.has('another')).toBe(false);
});
