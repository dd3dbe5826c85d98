import { describe, expect, test } from 'vitest';
import { applyRename, planRename } from '../../src/rename/run/apply-rename.ts';
import type { Request } from '../../src/rename/run/apply-rename.ts';
import { undo } from '../../src/rename/run/undo.ts';
import { mapWish } from '../../src/rename/wish/map.ts';
import { ignoringCase } from './ignoring-case.ts';
import { place, readTree } from './support.ts';

const request = (root: string, ...pairs: readonly (readonly [string, string])[]): Request => ({
  root,
  wish: mapWish(pairs.map(([from, to]) => ({ from, to }))),
});

describe('where case is ignored', () => {
  test('a file changes the case of its name, and undo changes it back', async () => {
    const here = place({ readme: 'R', other: 'O' });
    const options = { ...here, fs: ignoringCase };
    expect((await applyRename(request(here.root, ['readme', 'README']), options)).outcome).toBe('ok');
    expect(readTree(here.root)).toEqual({ README: 'R', other: 'O' });
    expect((await undo(here.root, undefined, options)).outcome).toBe('ok');
    expect(readTree(here.root)).toEqual({ readme: 'R', other: 'O' });
  });

  test('a file with a second hard link changes the case of its name', async () => {
    const here = place({ readme: 'R', twin: { hardlink: 'readme' } });
    const options = { ...here, fs: ignoringCase };
    expect((await applyRename(request(here.root, ['readme', 'README']), options)).outcome).toBe('ok');
    expect((await undo(here.root, undefined, options)).outcome).toBe('ok');
    expect(readTree(here.root)).toEqual({ readme: 'R', twin: 'R' });
  });

  test('a name that another file has in another case is refused', async () => {
    const here = place({ readme: 'R', other: 'O' });
    const result = await applyRename(request(here.root, ['other', 'README']), { ...here, fs: ignoringCase });
    expect(result).toMatchObject({ outcome: 'refused', problems: [{ kind: 'target-exists' }] });
  });

  test('two new names that differ in case are refused', async () => {
    const here = place({ a: '1', b: '2' });
    const result = await applyRename(request(here.root, ['a', 'X'], ['b', 'x']), { ...here, fs: ignoringCase });
    expect(result).toMatchObject({ outcome: 'refused', problems: [{ kind: 'duplicate-target' }] });
  });

  test('a swap spelled in another case is a swap', async () => {
    const here = place({ a: '1', b: '2' });
    expect((await applyRename(request(here.root, ['a', 'B'], ['b', 'A']), { ...here, fs: ignoringCase })).outcome).toBe(
      'ok',
    );
    expect(readTree(here.root)).toEqual({ A: '2', B: '1' });
  });
});

describe('where case counts', () => {
  test('readme does not replace README', async () => {
    const here = place({ readme: 'r', README: 'R' });
    const result = await applyRename(request(here.root, ['readme', 'README']), here);
    expect(result).toMatchObject({ outcome: 'refused', problems: [{ kind: 'target-exists' }] });
    expect(readTree(here.root)).toEqual({ readme: 'r', README: 'R' });
  });

  test('readme does not replace README that is the same file by a hard link', async () => {
    const here = place({ readme: 'r', README: { hardlink: 'readme' } });
    expect((await applyRename(request(here.root, ['readme', 'README']), here)).outcome).toBe('refused');
    expect(readTree(here.root)).toEqual({ readme: 'r', README: 'r' });
  });

  test('names that are one elsewhere are renamed with a warning', () => {
    const { root } = place({ a: '1', b: '2', c: '3' });
    const accents = [Buffer.from('\u00e9').toString('latin1'), Buffer.from('e\u0301').toString('latin1')] as const;
    expect(planRename(request(root, ['a', 'X'], ['b', 'x'])).warnings).toHaveLength(1);
    expect(planRename(request(root, ['a', accents[0]], ['b', accents[1]])).warnings).toHaveLength(1);
    expect(planRename(request(root, ['a', 'X'], ['b', 'y'])).warnings).toEqual([]);
  });
});
