// The parts that text goes through, against what Python says of them: data/golden.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeTerms, encodeTerms } from '../../../src/tf-idf/analysis/listed-terms.ts';
import { charGrams, charGramsOfWords } from '../../../src/tf-idf/analysis/char-grams.ts';
import { murmurHash3 } from '../../../src/tf-idf/hashing/murmur-hash.ts';
import { isCombining, stripAccents } from '../../../src/tf-idf/text/accents.ts';
import { decodeBytes } from '../../../src/tf-idf/text/decode-bytes.ts';
import { joinWhiteSpace, splitAtWhiteSpace } from '../../../src/tf-idf/text/white-space.ts';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../data/golden/${name}`, import.meta.url), 'utf8'));

test("terms have scikit-learn's hashes, wherever their bytes lie", () => {
  const vectors = read('murmur.json') as { term: string; hash: number }[];
  for (const { term, hash } of vectors) {
    const bytes = Buffer.from(`<${term}>`);
    expect([term, murmurHash3(Buffer.from(term)), murmurHash3(bytes, 1, bytes.length - 1)]).toEqual([term, hash, hash]);
  }
  // The seed that the algorithm's author publishes a vector for.
  expect(murmurHash3(Buffer.alloc(0), 0, 0, 1)).toBe(0x51_4e_28_b7);
});

test('the marks that Python says combine do, of all that its Unicode has', () => {
  const { ranges } = read('combining.json') as { ranges: [number, number][] };
  const combining = new Set(ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, n) => from + n)));
  const missing: number[] = [];
  const more: number[] = [];
  let seen = 0;
  for (let point = 0; point <= 0x10_ff_ff; point++) {
    const character = String.fromCodePoint(point);
    if (!/\p{M}/u.test(character) || character.normalize('NFD') !== character) continue;
    if (combining.has(point)) seen++;
    // Marks that are newer than Python's Unicode combine here and not there.
    if (isCombining(character) !== combining.has(point)) (combining.has(point) ? missing : more).push(point);
  }
  expect(seen).toBeGreaterThan(880);
  expect(missing).toEqual([]);
  expect(more.length).toBeLessThan(seen / 10);
});

test('white space is that of Python: five characters more than in JavaScript, and one less', () => {
  const white = Array.from('\t\n\v\f\r\x1C\x1D\x1E\x1F \x85\xA0\u1680\u2000\u200A\u2028\u2029\u202F\u205F\u3000');
  for (const character of white) {
    expect(splitAtWhiteSpace(`a${character}b`)).toEqual(['a', 'b']);
    expect(joinWhiteSpace(`a${character} b${character}c`)).toBe(`a b${character}c`);
  }
  for (const character of '\uFEFF\u200B\u180E\u2060\x1B\x84') {
    expect(splitAtWhiteSpace(`a${character}b`)).toHaveLength(1);
    expect(joinWhiteSpace(`a${character}${character}b`)).toBe(`a${character}${character}b`);
  }
});

test('n-grams are of code points, never of halves of them', () => {
  expect(charGrams('𐐀a𐐨', [2, 3])).toEqual(['𐐀a', 'a𐐨', '𐐀a𐐨']);
  expect(charGramsOfWords('𐐀 b', [2, 4])).toEqual([' 𐐀', '𐐀 ', ' 𐐀 ', ' b', 'b ', ' b ']);
  const text = fc.string({ unit: 'binary', maxLength: 20 });
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 4 }), (some, length) => {
      for (const gram of charGrams(some, [length, length])) expect(Array.from(gram)).toHaveLength(length);
    }),
  );
});

test('accents go, and with ascii all that has no ASCII', () => {
  expect(stripAccents('Ééñ ﬁ ½ ø 世', 'unicode')).toBe('Een fi 1⁄2 ø 世');
  expect(stripAccents('Ééñ ﬁ ½ ø 世', 'ascii')).toBe('Een fi 12  ');
});

test('bytes that are no UTF-8 are replaced or left out, and a replacement character that was written stays', () => {
  const bytes = Buffer.concat([Buffer.from('a\uFFFD'), Buffer.from([0xff, 0xe2, 0x82]), Buffer.from('b\uFFFD')]);
  expect(decodeBytes(bytes, 'replace')).toBe('a\uFFFD\uFFFD\uFFFDb\uFFFD');
  expect(decodeBytes(bytes, 'ignore')).toBe('a\uFFFDb\uFFFD');
  expect(decodeBytes(bytes, 'strict')).toBeUndefined();
  const any = fc.uint8Array({ maxLength: 12 });
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 6 }), any, (text, noise) => {
      const whole = Buffer.concat([Buffer.from(text), noise, Buffer.from('z')]);
      const ignored = Buffer.from(decodeBytes(whole, 'ignore')!).toString();
      expect(ignored).toMatch(/z$/);
      if (noise.every((byte) => byte >= 0xf8)) expect(ignored).toBe(`${text}z`);
    }),
  );
});

test('a list of terms comes out as it went in, whatever is in them', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 5 })), (terms) => {
      expect(decodeTerms(Buffer.from(encodeTerms(terms)))).toEqual(terms);
    }),
  );
});
