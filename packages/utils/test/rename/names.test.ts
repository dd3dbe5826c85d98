import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromJsonName, show, toJsonName, toRaw, toText, unshow } from '../../src/rename/names/raw-path.ts';
import { applyRename } from '../../src/rename/run/apply-rename.ts';
import { undo } from '../../src/rename/run/undo.ts';
import { patternWish } from '../../src/rename/wish/pattern.ts';
import { place, readTree } from './support.ts';

const rawName = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 12 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  fc.string({ unit: 'binary' }).map((text) => Buffer.from(text).toString('latin1')),
  fc.constantFrom('b64:', 'b64:/w==', '\\xff', '\\', '\u001b[31m', 'new\nline'),
);

describe('every name, whatever its bytes,', () => {
  test('comes back from its text, its JSON and its escaped form', () => {
    fc.assert(
      fc.property(rawName, (raw) => {
        expect(toRaw(toText(raw))).toBe(raw);
        expect(fromJsonName(JSON.parse(JSON.stringify(toJsonName(raw))) as string)).toBe(raw);
        expect(unshow(show(raw))).toBe(raw);
      }),
      { numRuns: 1_000 },
    );
  });

  test('is shown without a character that a terminal obeys or hides', () => {
    fc.assert(fc.property(rawName, (raw) => !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(show(raw))));
    expect(show('\u001b[2J\nx\xff')).toBe('\\u{1b}[2J\\nx\\xff');
  });

  test('is renamed by a pattern and comes back by undo', async () => {
    const tree = {
      'b64:YmFk/y5qcGVn': 'not UTF-8',
      'new\nline.jpeg': 'newline',
      '-rf.jpeg': 'dash',
      '\u001b[31mred.jpeg': 'control',
      'é\u202e.jpeg': 'right to left',
      '😀.jpeg': 'astral',
    };
    const here = place(tree);
    const result = await applyRename({ root: here.root, wish: patternWish('\\.jpeg$', '.jpg'), listed: true }, here);
    expect(result).toMatchObject({ outcome: 'ok', renamed: 6 });
    expect(readTree(here.root)).toMatchObject({
      'b64:YmFk/y5qcGc=': 'not UTF-8',
      'new\nline.jpg': 'newline',
      '😀.jpg': 'astral',
    });
    expect((await undo(here.root, undefined, here)).outcome).toBe('ok');
    expect(readTree(here.root)).toEqual(tree);
  });
});

describe('text that is no name', () => {
  test('is a surrogate without its pair', () => expect(toRaw('a\ud800')).toBeUndefined());
  test('is base64 that is none', () => expect(fromJsonName('b64:?')).toBeUndefined());
  test('is an escape that there is not', () => expect(unshow('a\\q')).toBeUndefined());
});

test('a pattern never cuts a character in two', async () => {
  const here = place({ '😀': 'x' });
  await applyRename({ root: here.root, wish: patternWish('^(.)', '$1-'), listed: true }, here);
  expect(readTree(here.root)).toEqual({ '😀-': 'x' });
});
