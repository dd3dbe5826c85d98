// A chapter's recipes, each copied into an empty project and called there: `copiedAsTests(new URL('../', import.meta.url))`
// in a package's test/copied.test.ts is all that it takes.

import { existsSync, globSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runProgram } from './program.ts';
import { checkTypes, makeProject } from './project.ts';
import { listRecipes, rootOf } from './list.ts';

/** Milliseconds for one program; each computes for a moment, on a machine that may be busy. */
const LIMIT = 30_000;

/**
 * Defines two tests for each recipe of a chapter: that it runs, and that its types are right, in an empty project that has
 * the files and the npm packages named by `pnpm copy`, and no others. The program that calls it is test/copied/<recipe>.ts
 * (with <recipe>-task.ts beside it, if there is one); a recipe without a program fails, and so does a program without a
 * recipe.
 *
 * @param chapter the package's folder
 */
export function copiedAsTests(chapter: URL): void {
  const home = fileURLToPath(chapter);
  const root = rootOf(home);
  const recipes = listRecipes(root, path.basename(home)).map(({ id }) => ({ id, name: path.basename(id) }));
  const programs = path.join(home, 'test', 'copied');

  describe('copied into an empty project', () => {
    let folder: string;
    const refused = new Map<string, string>();
    let typeErrors: (name: string) => string[];

    beforeAll(async () => {
      folder = mkdtempSync(path.join(realpathSync(tmpdir()), 'cookbook-copied-'));
      for (const { id, name } of recipes) {
        await makeProject({ root, id, folder: path.join(folder, name) }).catch((error: Error) => {
          refused.set(id, error.message);
        });
      }
      typeErrors = await checkTypes(root, folder);
    }, 180_000);
    afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

    test.each(recipes)('$id runs as its program calls it', { timeout: LIMIT + 10_000 }, async ({ id, name }) => {
      expect(refused.get(id), refused.get(id)).toBeUndefined();
      const program = path.join('test', 'copied', `${name}.ts`);
      const cwd = path.join(folder, name);
      const advice = `write packages/${path.basename(home)}/test/copied/${name}.ts: ten lines that call the recipe`;
      expect(existsSync(path.join(cwd, program)), advice).toBe(true);
      expect(await runProgram({ node: process.execPath, cwd, program, limit: LIMIT })).toEqual([]);
    });

    test.each(recipes)('$id type-checks', ({ id, name }) => {
      expect(refused.get(id), refused.get(id)).toBeUndefined();
      expect(typeErrors(name)).toEqual([]);
    });
  });

  test('every program of test/copied/ calls a recipe', () => {
    const known = new Set(recipes.flatMap(({ name }) => [`${name}.ts`, `${name}-task.ts`]));
    expect(globSync('*', { cwd: programs }).filter((file) => !known.has(file))).toEqual([]);
  });
}
