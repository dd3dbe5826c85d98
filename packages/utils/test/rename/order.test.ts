import { utimesSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { orderSteps } from '../../src/rename/plan/order-steps.ts';
import { applyRename, planRename } from '../../src/rename/run/apply-rename.ts';
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
    ['natural', { '1.tar.gz': 'o', '2.txt': 'two22', '3.txt': 'three' }],
    ['name', { '1.tar.gz': 'o', '2.txt': 'three', '3.txt': 'two22' }],
    ['time', { '1.txt': 'three', '2.txt': 'two22', '3.tar.gz': 'o' }],
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

  test.each(['{n}{m}', '{n:3}', '{}'])('%s is no template', (template) => {
    expect(() => sequenceWish(template)).toThrow(/^Expected \{n\}, .* in the template, got \{/);
  });

  test('needs no counter where the names differ without it', async () => {
    const here = place({ 'a.txt': 'x', 'b.txt': 'y' });
    const request = { root: here.root, wish: sequenceWish('new-{name}{ext}'), listed: true };
    expect((await applyRename(request, here)).outcome).toBe('ok');
    expect(readTree(here.root)).toEqual({ 'new-a.txt': 'x', 'new-b.txt': 'y' });
    const alike = await applyRename({ ...request, wish: sequenceWish('same') }, here);
    expect(alike).toMatchObject({ outcome: 'refused', problems: [{ kind: 'duplicate-target' }] });
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

  test.each([
    ['\\1', "in the syntax of JavaScript, $1, got '\\1'"],
    ['${1}', "in the syntax of JavaScript, $1, got '${1}'"],
    ['${year}', "in the syntax of JavaScript, $<year>, got '${year}'"],
    ['x\\L$1', "in the syntax of JavaScript, no change of case, which --case makes, got '\\L'"],
  ])('the replacement %s of another language is refused with the word for it here', (replace, message) => {
    expect(() => patternWish('(a)(?<year>b)?', replace)).toThrow(`Expected \`replace\` ${message}`);
  });

  test('a dollar that is doubled stays one', () => {
    const { root } = place({ a: 'x' });
    expect(planRename({ root, wish: patternWish('a', '$${1}'), listed: true }).operations[0]?.to).toBe('${1}');
  });

  test('an accent matches in both of its spellings, and other names keep theirs', () => {
    const { root } = place({ 'cafe\u0301 1': '1', 'caf\u00e9 2': '2', 'the\u0301': '3' });
    const { operations } = planRename({ root, wish: patternWish('caf\u00e9 ', 'bar '), listed: true });
    expect(operations.map(({ to }) => to).toSorted()).toEqual(['bar 1', 'bar 2']);
    const apart = planRename({ root, wish: patternWish('the\u0301', 'tea'), listed: true });
    expect(apart.operations.map(({ to }) => to)).toEqual(['tea']);
  });
});
