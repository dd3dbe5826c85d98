import { utimesSync } from 'node:fs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { orderSteps } from '../../src/rename/plan/order-steps.ts';
import { applyRename, planRename } from '../../src/rename/run/apply-rename.ts';
import { openEditor, readList, writeList } from '../../src/rename/wish/edit.ts';
import { patternWish } from '../../src/rename/wish/pattern.ts';
import { sequenceWish } from '../../src/rename/wish/sequence.ts';
import { place, readTree } from './support.ts';

const plain = { keyOf: (path: string): string => path };
const operation = (from: string, to: string) => ({ from, to, folder: false, identity: from });

describe('the order of renames', () => {
  test('takes a chain from its free end, whatever end it is given by', () => {
    const chain = [operation('v2', 'v3'), operation('v1', 'v2'), operation('v3', 'v4')];
    const steps = orderSteps(chain, { chained: true }, plain, () => 'unused');
    expect(steps.map(({ from }) => from)).toEqual(['v3', 'v2', 'v1']);
  });

  test('takes a cycle of any length through one temporary name', () => {
    const steps = orderSteps(
      [operation('a', 'b'), operation('b', 'c'), operation('c', 'a')],
      { chained: true },
      plain,
      () => 't',
    );
    expect(steps.map(({ from, to }) => from + to)).toEqual(['at', 'ca', 'bc', 'tb']);
  });

  test('takes 100,000 files of a chain and of a cycle in one run each, never to a name that is taken', () => {
    const count = 100_000;
    for (const last of [`n${count}`, 'n0']) {
      const files = Array.from({ length: count }, (_, n) => operation(`n${n}`, n === count - 1 ? last : `n${n + 1}`));
      const taken = new Set(files.map(({ from }) => from));
      let collisions = 0;
      for (const { from, to } of orderSteps(files, { chained: true }, plain, () => 'temporary')) {
        if (taken.has(to)) collisions++;
        taken.delete(from);
        taken.add(to);
      }
      expect(collisions).toBe(0);
      expect(taken).toEqual(new Set(files.map(({ to }) => to)));
    }
  });
});

describe('a sequence', () => {
  const tree = { 'b10.txt': 'three', 'b9.txt': 'two22', 'a.tar.gz': 'o', '.hidden': 'h' };

  test.each([
    ['natural', { '1.gz': 'o', '2.txt': 'two22', '3.txt': 'three' }],
    ['name', { '1.gz': 'o', '2.txt': 'three', '3.txt': 'two22' }],
    ['time', { '1.txt': 'three', '2.txt': 'two22', '3.gz': 'o' }],
  ] as const)('in the order %s', async (by, expected) => {
    const here = place(tree);
    for (const [index, name] of ['b10.txt', 'b9.txt', 'a.tar.gz'].entries())
      utimesSync(`${here.root}/${name}`, index, index);
    await applyRename({ root: here.root, wish: sequenceWish('{n}{ext}', { order: by }), listed: true }, here);
    expect(readTree(here.root)).toEqual({ ...expected, '.hidden': 'h' });
  });

  test('has the day of the last change and the old name', async () => {
    const here = place({ 'a.txt': 'x' });
    utimesSync(`${here.root}/a.txt`, new Date(2024, 1, 3), new Date(2024, 1, 3));
    await applyRename(
      { root: here.root, wish: sequenceWish('{date}_{name}-{n}{ext}', { start: 7, pad: 3 }), listed: true },
      here,
    );
    expect(readTree(here.root)).toEqual({ '2024-02-03_a-007.txt': 'x' });
  });

  test.each(['{n}{m}', 'plain', '{name}'])('%s is no template', (template) => {
    expect(() => sequenceWish(template)).toThrow(/^Expected \{n\}/);
  });
});

describe('a pattern', () => {
  test.each([
    ['(\\w+)-(?<n>\\d+)', '$<n>_$1', '7_a'],
    ['a', '$&$&', 'aa-7'],
    ['(?<=-)7', '$$', 'a-$'],
  ])('%s with %s makes a-7 %s', (find, replace, expected) => {
    const { root } = place({ 'a-7': 'x' });
    expect(planRename({ root, wish: patternWish(find, replace), listed: true }).operations[0]?.to).toBe(expected);
  });

  test.each([
    ['(a)', '$2'],
    ['(a)', '$<n>'],
    ['(', 'x'],
  ])('%s with %s is refused', (find, replace) => expect(() => patternWish(find, replace)).toThrow(RangeError));
});

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

  test.each(['3\tx', 'x', '1\ta\n1\tb', '1\t\\q'])('%j is refused', (list) => {
    expect(() => readList(list, entries)).toThrow(/^Expected/);
  });
});

describe('the editor', () => {
  afterEach(() => void vi.unstubAllEnvs());

  test('is the command line in $VISUAL, and what it leaves in the file is the list', () => {
    const { root } = place({ 'editor.mjs': `import fs from 'node:fs'; fs.appendFileSync(process.argv[2], 'more');` });
    vi.stubEnv('VISUAL', `"${process.execPath}" "${root}/editor.mjs"`);
    expect(openEditor('list\n')).toBe('list\nmore');
  });

  test('that fails renames nothing', () => {
    vi.stubEnv('VISUAL', `"${process.execPath}" -e "process.exit(3)" --`);
    expect(() => openEditor('list')).toThrow(/to end well, got status 3$/);
  });
});
