import { expect, test } from 'vitest';
import { decodeAt, hasLowerCase, isWord, lengthAt } from '../../src/tf-idf/text/code-points.ts';

test('every code point beyond ASCII is decoded and classed as by the pattern and by toLowerCase', () => {
  const wrong: string[] = [];
  for (let codePoint = 0x80; codePoint <= 0x10_ff_ff; codePoint++) {
    if (codePoint >= 0xd800 && codePoint <= 0xdfff) continue;
    const character = String.fromCodePoint(codePoint);
    const bytes = Buffer.from(character);
    const right =
      decodeAt(bytes, 0) === codePoint &&
      lengthAt(bytes, 0) === bytes.length &&
      isWord(codePoint) === /^[\p{L}\p{N}_]$/u.test(character) &&
      hasLowerCase(codePoint) === (character.toLowerCase() !== character);
    if (!right) wrong.push(codePoint.toString(16));
  }
  expect(wrong).toEqual([]);
});
