import fc from 'fast-check';
import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { applyRename } from '../../src/rename/run/apply-rename.ts';
import { undo } from '../../src/rename/run/undo.ts';
import { mapWish } from '../../src/rename/wish/map.ts';
import { contentsOf, place, plant, readTree } from './support.ts';
import type { Tree } from './support.ts';

const name = fc.constantFrom('a', 'b', 'c', 'd', 'A');
const path = fc.oneof(
  name,
  fc.tuple(fc.constantFrom('s', 't'), name).map((parts) => parts.join('/')),
);
const tree = fc
  .uniqueArray(path, { minLength: 1, maxLength: 8 })
  .map((paths): Tree => Object.fromEntries(paths.map((one) => [one, `content of ${one}`])));
/** Mostly names that are there, so that chains, swaps and conflicts are frequent. */
const mapping = fc.array(
  fc.tuple(fc.oneof(path, fc.constantFrom('s', 't')), fc.oneof(path, fc.constantFrom('s', 'u'))),
  {
    maxLength: 6,
  },
);

/**
 * The result of all renames at once, by sets and maps alone: undefined where a source is missing or given twice, or where
 * two things would have one name.
 */
function model(before: Tree, pairs: readonly (readonly [string, string])[]): Tree | undefined {
  const renames = new Map(pairs);
  const places = new Set(Object.keys(before).flatMap((file) => [file, file.split('/')[0]!]));
  if (renames.size < pairs.length || [...renames.keys()].some((from) => !places.has(from))) return undefined;
  const after = Object.entries(before).map(([file, content]) => [pathAfter(file, renames), content] as const);
  const names = [...places].map((one) => pathAfter(one, renames));
  const files = new Set(after.map(([file]) => file));
  const clash =
    new Set(names).size < names.length ||
    [...files].some((file) => files.has(file.split('/')[0]!) && file.includes('/'));
  return clash ? undefined : Object.fromEntries(after);
}

/** Where a path ends: its own new name, in its folder's new name. */
function pathAfter(file: string, renames: ReadonlyMap<string, string>): string {
  const target = renames.get(file) ?? file;
  const [folder, base] = target.split('/');
  return base === undefined ? target : `${renames.get(folder!) ?? folder}/${base}`;
}

test('whatever is renamed to whatever: the tree is that of the model or as before, and undo brings it back', async () => {
  let [done, refused] = [0, 0];
  await fc.assert(
    fc.asyncProperty(tree, mapping, async (before, pairs) => {
      const here = place();
      try {
        plant(here.root, before);
        const wish = mapWish(pairs.map(([from, to]) => ({ from, to })));
        const result = await applyRename({ root: here.root, wish, move: true }, here);
        const after = readTree(here.root);
        const files = Object.fromEntries(Object.entries(after).filter(([, node]) => typeof node === 'string'));
        expect(contentsOf(after)).toEqual(contentsOf(before));
        if (result.outcome === 'ok') {
          done++;
          expect(files).toEqual(model(before, pairs));
          if (result.renamed > 0) expect((await undo(here.root, undefined, here)).outcome).toBe('ok');
        } else {
          refused++;
          expect(result.outcome).toBe('refused');
          expect(isAmbiguous(before, pairs) || model(before, pairs) === undefined).toBe(true);
        }
        expect(readTree(here.root)).toEqual(before);
      } finally {
        rmSync(here.root, { recursive: true, force: true });
      }
    }),
    { numRuns: 200 },
  );
  // The property has met both ends often enough to mean something.
  expect(Math.min(done, refused)).toBeGreaterThan(20);
});

/** A folder that is renamed, while something goes into it or out of it: the tool asks for two runs. */
function isAmbiguous(before: Tree, pairs: readonly (readonly [string, string])[]): boolean {
  const moving = pairs.filter(([from, to]) => from !== to);
  const isFolder = (one: string): boolean => Object.keys(before).some((file) => file.startsWith(`${one}/`));
  const crosses = moving.some(
    ([from, to]) => from.split('/').slice(0, -1).join() !== to.split('/').slice(0, -1).join(),
  );
  return crosses && moving.some(([from]) => isFolder(from));
}
