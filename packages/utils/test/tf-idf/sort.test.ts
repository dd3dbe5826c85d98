import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeString, encodeStrings } from '../../src/tf-idf/terms/byte-strings.ts';
import { sortOrder } from '../../src/tf-idf/terms/multikey-quicksort.ts';

const texts = fc.uniqueArray(
  fc.oneof(
    fc.string({ unit: fc.constantFrom('a', 'b', '\0', 'é', '世', '😀', '\u{FFFD}'), maxLength: 14 }),
    fc.string({ unit: 'binary', maxLength: 5 }),
  ),
  { maxLength: 120 },
);

test('strings come in the order of their code points, which is not that of UTF-16', () => {
  fc.assert(
    fc.property(texts, (all) => {
      const strings = encodeStrings(all);
      const sorted = Array.from(sortOrder(strings), (n) => decodeString(strings, n));
      expect(sorted).toEqual(all.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
    }),
    { numRuns: 500 },
  );
  const [last, first] = ['😀', '\u{FFFD}'];
  const both = encodeStrings([last, first]);
  expect(Array.from(sortOrder(both), (n) => decodeString(both, n))).toEqual([first, last]);
  expect([last, first].toSorted()).toEqual([last, first]);
});
