// Links that lead somewhere before a run and nowhere after it: they are renamed as asked, and named in a warning.

import { expect, test } from 'vitest';
import type { Pair } from '../../src/rename/plan/plan.ts';
import { applyRename } from '../../src/rename/run/apply-rename.ts';
import { undo } from '../../src/rename/run/undo.ts';
import { mapWish } from '../../src/rename/wish/map.ts';
import { place } from './support.ts';
import type { Tree } from './support.ts';

const tree: Tree = { a: 'A', 'd/b': 'B', l: { symlink: 'a' }, m: { symlink: 'd/b' }, gone: { symlink: 'nothing' } };

test.each<[string, Pair[], RegExp[]]>([
  ['the file that it names is renamed', [{ from: 'a', to: 'x' }], [/^the link 'l' leads nowhere now/]],
  ['the folder that it leads through is renamed', [{ from: 'd', to: 'e' }], [/^the link 'm' leads nowhere now/]],
  ['it is moved', [{ from: 'l', to: 'd/l' }], [/^the link 'd\/l' leads nowhere now/]],
  ['it is renamed, and leads where it led', [{ from: 'l', to: 'k' }], []],
  ['it led nowhere before', [{ from: 'gone', to: 'g' }], []],
  [
    'the name it gives gets another file',
    [
      { from: 'a', to: 'x' },
      { from: 'd/b', to: 'a' },
    ],
    [/'m'/],
  ],
])('%s', async (_, pairs, warnings) => {
  const here = place(tree);
  const result = await applyRename({ root: here.root, wish: mapWish(pairs), move: true }, here);
  expect(result).toMatchObject({
    outcome: 'ok',
    warnings: warnings.map((one) => expect.stringMatching(one) as string),
  });
  expect(await undo(here.root, undefined, here)).toMatchObject({ outcome: 'ok', warnings: [] });
});
