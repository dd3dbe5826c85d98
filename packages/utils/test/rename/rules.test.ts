// Rules one after another, and which files they are for.

import { utimesSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Selection } from '../../src/rename/disk/selection.ts';
import { planRename } from '../../src/rename/run/apply-rename.ts';
import { mapWish } from '../../src/rename/wish/map.ts';
import { patternRule, patternWish } from '../../src/rename/wish/pattern.ts';
import { beforeExtension, rulesWish, splitName } from '../../src/rename/wish/rules.ts';
import type { Rule } from '../../src/rename/wish/rules.ts';
import { sequenceRule } from '../../src/rename/wish/sequence.ts';
import { caseRule, composeRule } from '../../src/rename/wish/spelling.ts';
import type { Wish } from '../../src/rename/wish/wish.ts';
import { hooked, place, systemError } from './support.ts';
import { pictureOf } from './picture.ts';
import type { Tree } from './support.ts';

/** Old and new names, as text. */
function renamed(tree: Tree, wish: Wish, { move = false } = {}): Record<string, string> {
  const { root } = place(tree);
  const { operations, problems } = planRename({ root, wish, listed: true, move });
  expect(problems).toEqual([]);
  const text = (raw: string): string => Buffer.from(raw, 'latin1').toString();
  return Object.fromEntries(operations.map(({ from, to }) => [text(from), text(to)]));
}

const by = (rules: readonly Rule[], names: readonly string[], selection?: Selection): Record<string, string> =>
  renamed(Object.fromEntries(names.map((name) => [name, name])), rulesWish(rules, selection));

test('a rule gets the name that the one before it has made', () => {
  const rules = [patternRule(' +', '_'), caseRule('upper'), sequenceRule('{n}-{name}{ext}')];
  expect(by(rules, ['b c.txt', 'a.txt'])).toEqual({ 'a.txt': '1-A.TXT', 'b c.txt': '2-B_C.TXT' });
});

test.each([
  ['a.txt', 'a', '.txt'],
  ['a.tar.gz', 'a', '.tar.gz'],
  ['a.b.TAR.XZ', 'a.b', '.TAR.XZ'],
  ['.profile', '.profile', ''],
  ['.tar.gz', '.tar', '.gz'],
  ['a.tar', 'a', '.tar'],
  ['plain', 'plain', ''],
])('%s is %s and %s', (name, stem, extension) => expect(splitName(name)).toEqual({ stem, extension }));

describe('the letters of a name', () => {
  test.each<[Rule, string, string]>([
    [caseRule('lower'), 'ÄB C.JPG', 'äb c.jpg'],
    [caseRule('upper'), 'äb.jpg', 'ÄB.JPG'],
    [caseRule('title'), "the DOG'S 2nd élan-vital.jpg", "The Dog's 2nd Élan-Vital.jpg"],
    [beforeExtension(caseRule('upper')), 'a.tar.gz', 'A.tar.gz'],
    [beforeExtension(patternRule('a', 'x')), 'a.tar', 'x.tar'],
    [composeRule, 'cafe\u0301', 'caf\u00e9'],
  ])('%#: %s becomes %s', (rule, name, expected) => expect(by([rule], [name])).toEqual({ [name]: expected }));
});

test('numbers begin anew in each folder where that is asked for', () => {
  const names = ['x/b', 'x/a', 'y/d', 'c'];
  const anew = [sequenceRule('{n}', { perFolder: true })];
  expect(by(anew, names, { recursive: true })).toEqual({ c: '1', 'x/a': 'x/1', 'x/b': 'x/2', 'y/d': 'y/1' });
  const through = [sequenceRule('{n}')];
  expect(by(through, names, { recursive: true })).toEqual({ c: '1', 'x/a': 'x/2', 'x/b': 'x/3', 'y/d': 'y/4' });
});

describe('dates in names', () => {
  test('are of the last change, with the format that is asked for', () => {
    const { root } = place({ 'a.txt': 'x' });
    utimesSync(`${root}/a.txt`, new Date(2024, 1, 3), new Date(2024, 1, 3, 4, 5, 6));
    const wish = rulesWish([sequenceRule('{date:YYYY/MM}/{date:YY-DD_HH.mm.ss}{ext}')]);
    expect(planRename({ root, wish, listed: true, move: true }).operations[0]?.to).toBe('2024/02/24-03_04.05.06.txt');
  });

  test('are of the birth, where the disk keeps it', () => {
    const { root } = place({ a: 'x' });
    utimesSync(`${root}/a`, new Date(2001, 1, 3), new Date(2001, 1, 3));
    const born = { birthtimeMs: BigInt(new Date(2011, 10, 12, 13).getTime()) };
    const real = hooked(() => {});
    const fs = { ...real, lstat: (path: string) => real.lstat(path) && Object.assign(real.lstat(path)!, born) };
    const wish = rulesWish([sequenceRule('{created:YYYYMMDD-HH}')]);
    expect(planRename({ root, wish, listed: true }, { fs }).operations[0]?.to).toBe('20111112-13');
    born.birthtimeMs = 0n;
    expect(planRename({ root, wish, listed: true }, { fs })).toMatchObject({
      operations: [],
      warnings: ["'a' keeps its name: it has no date for {created}"],
    });
  });

  test('are of the moment when a picture was taken; what has none keeps its name, with a warning', () => {
    const { root } = place({ 'note.txt': 'text', 'empty.jpg': '' });
    writeFileSync(`${root}/a.jpg`, pictureOf('2023:07:09 10:11:12'));
    writeFileSync(`${root}/b.jpg`, pictureOf('2021:01:02 03:04:05'));
    const rule = sequenceRule('{n}_{taken:YYYY-MM-DD_HH.mm.ss}{ext}', { order: 'taken' });
    const plan = planRename({ root, wish: rulesWish([rule]), listed: true });
    expect(Object.fromEntries(plan.operations.map(({ from, to }) => [from, to]))).toEqual({
      'b.jpg': '1_2021-01-02_03.04.05.jpg',
      'a.jpg': '2_2023-07-09_10.11.12.jpg',
    });
    expect(plan.warnings.toSorted()).toEqual([
      "'empty.jpg' keeps its name: it has no date for {taken}",
      "'note.txt' keeps its name: it has no date for {taken}",
    ]);
  });

  test.each(['YYYY-mm-dd', 'month', ''])('the format %j is refused', (format) => {
    expect(() => sequenceRule(`{date:${format}}`)).toThrow(/^Expected a format of YYYY, YY, MM, DD, HH, mm, ss/);
  });
});

describe('only what fits is renamed', () => {
  const tree = { 'a.jpg': '1', 'b.txt': '2', 'x/c.jpg': '3', 'x/y/d.JPG': '4' };

  test.each<[readonly string[], readonly string[]]>([
    [['*.jpg'], ['a.jpg', 'x/c.jpg']],
    [['*.{jpg,JPG}'], ['a.jpg', 'x/c.jpg', 'x/y/d.JPG']],
    [['x/*'], ['x/c.jpg']],
    [
      ['b*', '**/y/*'],
      ['b.txt', 'x/y/d.JPG'],
    ],
  ])('%j: %j', (only, expected) => {
    const wish = patternWish('^', 'new-', { recursive: true, only });
    expect(Object.keys(renamed(tree, wish)).toSorted()).toEqual(expected);
  });

  test('by a list of names as well, and an accent in either spelling', () => {
    const pairs = ['a.jpg', 'b.txt'].map((from) => ({ from, to: `new-${from}` }));
    expect(renamed(tree, mapWish(pairs, { only: ['*.jpg'] }))).toEqual({ 'a.jpg': 'new-a.jpg' });
    expect(by([caseRule('upper')], ['e\u0301', 'f'], { only: ['\u00e9'] })).toEqual({ 'e\u0301': 'E\u0301' });
  });

  test('of several places the files that are named, each once, and the entries of the folders', () => {
    const places = ['x', 'x/c.jpg', 'b.txt'];
    expect(Object.keys(renamed(tree, patternWish('^', 'new-', { places }))).toSorted()).toEqual(['b.txt', 'x/c.jpg']);
    const pairs = Object.keys(tree).map((from) => ({ from, to: from.replace(/\w+\.\w+$/, 'new-$&') }));
    expect(Object.keys(renamed(tree, mapWish(pairs, { places: ['x/y', 'a.jpg'] })))).toEqual(['a.jpg', 'x/y/d.JPG']);
  });
});

describe('what the user should know beside the plan', () => {
  test('a name that Windows refuses is warned of, where it is the new one that is', () => {
    const { root } = place({ a: '1', 'b:c': '2', con: '3' });
    const wish = mapWish([
      { from: 'a', to: 'a?' },
      { from: 'b:c', to: 'b:d' },
      { from: 'con', to: 'fine' },
    ]);
    const { warnings } = planRename({ root, wish });
    expect(warnings).toEqual(process.platform === 'win32' ? [] : ["Windows does not take 'a?' as a name"]);
  });

  test('a folder that cannot be read is left out, and the others are renamed', () => {
    const { root } = place({ 'x/a': '1', 'y/a': '2' });
    const real = hooked(() => {});
    const fs = {
      ...real,
      list(folder: string) {
        if (folder.endsWith('/x')) throw systemError('EACCES');
        return real.list(folder);
      },
    };
    const plan = planRename({ root, wish: patternWish('a', 'b', { recursive: true }), listed: true }, { fs });
    expect(plan.operations.map(({ to }) => to)).toEqual(['y/b']);
    expect(plan.warnings).toEqual(["'x' cannot be read (EACCES): it is left out"]);
  });

  test('a folder that may not be written to is a problem of the preview, with its path', () => {
    const { root } = place({ 'x/a': '1' });
    const fs = hooked((call, folder) => {
      if (call === 'expectWritable') throw Object.assign(systemError('EACCES'), { path: folder });
    });
    const { problems } = planRename({ root, wish: patternWish('a', 'b', { recursive: true }), listed: true }, { fs });
    expect(problems).toMatchObject([{ kind: 'permission', message: "'x': EACCES: injected" }]);
    const top = planRename({ root, wish: mapWish([{ from: 'x', to: 'z' }]) }, { fs });
    expect(top.problems).toMatchObject([{ kind: 'permission', message: `'${root}/': EACCES: injected` }]);
  });
});
