import { describe, expect, test } from 'vitest';
import type { Pair } from '../../src/rename/plan/plan.ts';
import type { Kind } from '../../src/rename/plan/problems.ts';
import { nameProblem, windowsWarnings } from '../../src/rename/plan/valid-name.ts';
import { applyRename } from '../../src/rename/run/apply-rename.ts';
import { mapWish, readJsonPairs, readNulPairs } from '../../src/rename/wish/map.ts';
import { place, plant, readTree } from './support.ts';
import type { Tree } from './support.ts';

const pair = (from: string, to: string | undefined): Pair => ({ from, to });
const tree: Tree = { a: 'A', b: 'B', 'dir/c': 'C', link: { symlink: 'nowhere' } };

const REFUSED: readonly [what: string, kind: Kind, pairs: readonly Pair[], move?: true][] = [
  ['a target that exists', 'target-exists', [pair('a', 'b')]],
  ['a target that is a dangling link', 'target-exists', [pair('a', 'link')]],
  ['a target that is a folder', 'target-exists', [pair('a', 'dir')]],
  ['a target that moves away, and another target that does not', 'target-exists', [pair('a', 'b'), pair('b', 'link')]],
  ['two files to one name', 'duplicate-target', [pair('a', 'x'), pair('b', 'x')]],
  ['one file to two names', 'duplicate-source', [pair('a', 'x'), pair('a', 'y')]],
  ['one file, spelled in two ways', 'duplicate-source', [pair('a', 'x'), pair('.//a', 'y')]],
  ['a file that is not there', 'not-found', [pair('z', 'x')]],
  ['a file outside', 'not-found', [pair('../files/a', 'x')]],
  ['an absolute old name', 'not-found', [pair('/a', 'x')]],
  ['an empty name', 'invalid-name', [pair('a', '')]],
  ['a dot', 'invalid-name', [pair('a', '..')]],
  ['a NUL', 'invalid-name', [pair('a', 'x\0y')]],
  ['a slash without --move', 'invalid-name', [pair('a', 'dir/a')]],
  ['a way out with --move', 'invalid-name', [pair('a', '../a')], true],
  ['a move below a file', 'target-exists', [pair('a', 'b/a')], true],
  ['a move below a name that a file gets', 'target-exists', [pair('a', 'new/a'), pair('b', 'new')], true],
  ['a move into a folder that is renamed', 'invalid-name', [pair('a', 'dir/a'), pair('dir', 'other')], true],
  ['a folder into itself', 'invalid-name', [pair('dir', 'dir/inner')], true],
  ['256 bytes', 'name-too-long', [pair('a', 'x'.repeat(256))]],
  ['256 bytes in 86 characters', 'name-too-long', [pair('a', Buffer.from('€'.repeat(86)).toString('latin1'))]],
  ['ill-formed text', 'encoding', [pair('a', undefined)]],
];

describe('a batch is refused whole, and nothing is changed', () => {
  test.each(REFUSED.map(([what, kind, pairs, move = false]) => ({ what, kind, pairs, move })))(
    'for $what ($kind)',
    async ({ kind, pairs, move }) => {
      const here = place(tree);
      const before = readTree(here.root);
      const good = pair('dir/c', 'dir/fine');
      const wish = mapWish(pairs.some(({ from }) => from === 'dir') ? pairs : [good, ...pairs]);
      const result = await applyRename({ root: here.root, wish, move }, here);
      expect(result).toMatchObject({ outcome: 'refused', renamed: 0 });
      expect(result.problems.map((problem) => problem.kind)).toContain(kind);
      expect(readTree(here.root)).toEqual(before);
    },
  );

  test('with all of its conflicts named, not the first alone', async () => {
    const here = place(tree);
    const wish = mapWish([pair('a', 'link'), pair('b', ''), pair('z', 'q')]);
    const { problems } = await applyRename({ root: here.root, wish }, here);
    expect(problems.map(({ kind }) => kind).toSorted()).toEqual(['invalid-name', 'not-found', 'target-exists']);
  });

  test('where the journals lie in a folder that would be renamed', async () => {
    const here = place({ a: 'A' });
    plant(here.root, { 'state/kept': 'K' });
    const options = { stateFolder: `${here.root}/state` };
    const result = await applyRename({ root: here.root, wish: mapWish([pair('state', 'other')]) }, options);
    expect(result).toMatchObject({ outcome: 'refused', problems: [{ kind: 'journal' }] });
  });
});

describe('a name of 255 bytes', () => {
  test('is given', async () => {
    const here = place({ a: 'A' });
    const name = Buffer.from('é'.repeat(127)).toString('latin1');
    await applyRename({ root: here.root, wish: mapWish([pair('a', `${name}x`)]) }, here);
    expect(readTree(here.root)).toEqual({ [`${'é'.repeat(127)}x`]: 'A' });
  });
});

describe('a map', () => {
  test('in JSON is an object or an array of pairs, with bytes as b64:', () => {
    expect(readJsonPairs('{"a":"b","b64:/w==":"é"}')).toEqual([pair('a', 'b'), pair('\xff', '\xc3\xa9')]);
    expect(readJsonPairs('[["1","0"],["0","1"]]')).toEqual([pair('1', '0'), pair('0', '1')]);
  });

  test('in JSON with one key twice is refused, where JSON.parse keeps the last in silence', () => {
    expect(() => readJsonPairs('{"a":"b", "\\u0061" : "c"}')).toThrow(/'?"a"'? twice/);
    expect(readJsonPairs('{"a":"b","b":"a\\": \\"x"}')).toHaveLength(2);
  });

  test('with an ill-formed new name keeps the pair, so that it is refused by name', () => {
    expect(readJsonPairs('{"a":"\\ud800"}')).toEqual([pair('a', undefined)]);
  });

  test.each(['[["a"]]', '[["a","b","c"]]', '{"a":1}', '"a"', '{'])('%s is no map', (text) => {
    expect(() => readJsonPairs(text)).toThrow(RangeError);
  });

  test('of raw names ends each with NUL', () => {
    expect(readNulPairs(Buffer.from('a\n\0-b\xff\0', 'latin1'))).toEqual([pair('a\n', '-b\xff')]);
    expect(() => readNulPairs(Buffer.from('a\0b'))).toThrow(/end with NUL/);
    expect(() => readNulPairs(Buffer.from('a\0b\0c\0'))).toThrow(/pairs/);
  });
});

test.each(['con', 'a?', 'dot.', 'a\u0001'])('Windows does not take %j as a name, other systems do', (name) => {
  expect(nameProblem('a', name, false, 'win32')?.kind).toBe('invalid-name');
  expect(nameProblem('a', name, false, 'linux')).toBeUndefined();
});

test('Windows takes an accent, whose bytes are no control characters', () => {
  const name = Buffer.from('e\u0301').toString('latin1');
  expect(nameProblem('a', name, false, 'win32')).toBeUndefined();
  expect(windowsWarnings([{ from: 'a', to: name }], 'linux')).toEqual([]);
  expect(windowsWarnings([{ from: 'a', to: `${name}?` }], 'linux')).toHaveLength(1);
});
