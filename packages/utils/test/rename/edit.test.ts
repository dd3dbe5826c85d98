// Names by hand.

import { existsSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { planEdited } from '../../src/rename/run/plan-edited.ts';
import type { Result } from '../../src/rename/run/result.ts';
import { editWish, openEditor, readList, writeList } from '../../src/rename/wish/edit.ts';
import { place } from './support.ts';

describe('a list from an editor', () => {
  const entries = [
    { path: 'a\n', folder: false },
    { path: 'b\xff', folder: false },
  ];

  test('identifies a file by its number, sorted or not, and leaves files alone that are missing', () => {
    expect(writeList(entries)).toBe('1\ta\\n\n2\tb\\xff\n');
    expect(readList('2\tx\\xff\r\n1\ta\n', entries)).toEqual([
      { from: 'b\xff', to: 'x\xff' },
      { from: 'a\n', to: 'a' },
    ]);
    expect(readList('', entries)).toEqual([]);
  });

  test('may begin with a mark of UTF-8', () => {
    expect(readList('\ufeff1\tx\n', entries)).toEqual([{ from: 'a\n', to: 'x' }]);
  });

  test.each(['3\tx', 'x', '1\ta\n1\tb', '1\t\\q'])('%j is refused', (list) => {
    expect(() => readList(list, entries)).toThrow(/^Expected/);
  });
});

describe('a mistake in the list', () => {
  /** An editor that leaves one text after another, and has seen what it was given. */
  function typing(...texts: readonly string[]) {
    const seen: string[] = [];
    const edit = (list: string): string => texts[seen.push(list) - 1]!;
    return { seen, wish: editWish(edit) };
  }

  test('is mended in the list, whether it cannot be read or the names are refused', async () => {
    const { root } = place({ a: 'A', b: 'B' });
    const { seen, wish } = typing('1\tx\nb', '1\tx\n2\tx\n', '1\tx\n2\ty\n');
    const mistakes: (string | Result)[] = [];
    const plan = await planEdited({ root, wish, listed: true }, async (mistake) => mistakes.push(mistake) > 0);
    expect(seen).toEqual(['1\ta\n2\tb\n', '1\tx\nb', '1\tx\n2\tx\n']);
    expect(mistakes).toEqual([
      "Expected a number of the list and a tab, got 'b'",
      expect.objectContaining({
        outcome: 'refused',
        problems: [expect.objectContaining({ kind: 'duplicate-target' })],
      }),
    ]);
    expect(plan?.operations.map(({ from, to }) => [from, to])).toEqual([
      ['a', 'x'],
      ['b', 'y'],
    ]);
  });

  test('ends the run where the list is not to be edited again', async () => {
    const { root } = place({ a: 'A' });
    const { wish } = typing('1');
    expect(await planEdited({ root, wish, listed: true }, async () => false)).toBeUndefined();
  });
});

describe('the editor', () => {
  afterEach(() => void vi.unstubAllEnvs());

  test('is the command line in $VISUAL, and what it leaves in the file is the list, which stays until the end', () => {
    const { root } = place({ 'editor.mjs': `import fs from 'node:fs'; fs.appendFileSync(process.argv[2], 'more');` });
    vi.stubEnv('VISUAL', `"${process.execPath}" "${root}/editor.mjs"`);
    const editor = openEditor();
    expect(editor.file).toBeUndefined();
    expect(editor.edit('list\n')).toBe('list\nmore');
    expect(readFileSync(editor.file!, 'utf8')).toBe('list\nmore');
    expect(editor.edit('again\n')).toBe('again\nmore');
    editor.close();
    expect(existsSync(editor.file!)).toBe(false);
  });

  test('that fails renames nothing, and the list is still there', () => {
    vi.stubEnv('VISUAL', `"${process.execPath}" -e "process.exit(3)" --`);
    const editor = openEditor();
    expect(() => editor.edit('list')).toThrow(/to end well, got status 3$/);
    expect(readFileSync(editor.file!, 'utf8')).toBe('list');
    editor.close();
  });
});
