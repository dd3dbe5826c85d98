// Every copied recipe, called by its program.

import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { describeRecipe } from '../recipe/describe.ts';
import type { Description } from '../recipe/describe.ts';
import { compareVersions, readCatalog } from '../recipe/needs.ts';
import { findRecipes } from '../recipe/recipes.ts';
import { makeSharedProject } from '../testing/all-recipes.ts';
import { complaintsOf } from '../testing/program.ts';
import { TOO_SLOW } from './limits.ts';
import type { Machine } from './machine/machine.ts';
import { FOR_WINDOWS } from './machine/npm.ts';
import type { Row } from './row.ts';
import { together } from './together.ts';

/** Milliseconds for one program, which starts up more slowly under Wine. */
const LIMIT = 60_000;

/** Most of a program's time goes into its start. */
const AT_ONCE = 3;

/** @param wanted whether a recipe of this id is wanted */
export async function* tryRecipes(machine: Machine, wanted: (id: string) => boolean): AsyncGenerator<Row> {
  const { root } = machine;
  const folder = path.join(machine.folder, 'recipes');
  mkdirSync(folder);
  const catalog = readCatalog(root);
  const recipes = findRecipes(root)
    .filter(({ id }) => wanted(id))
    .map((recipe) => describeRecipe(root, catalog, recipe));
  const fits = recipes.filter(({ node }) => compareVersions(machine.node, node) >= 0);
  if (fits.length > 0) makeSharedProject({ root, recipes: fits, folder, npm: FOR_WINDOWS });
  yield* together(recipes, AT_ONCE, async (recipe) => {
    const { word, reasons } = await tryRecipe(machine, folder, recipe);
    return { part: 'recipes', name: recipe.recipe.id, word, reasons };
  });
}

async function tryRecipe(
  machine: Machine,
  folder: string,
  { recipe, node, problems }: Description,
): Promise<Pick<Row, 'word' | 'reasons'>> {
  if (compareVersions(machine.node, node) < 0) {
    return { word: 'skipped', reasons: [`it asks for Node ${node} or newer, Wine runs ${machine.node}`] };
  }
  const slow = TOO_SLOW[recipe.id];
  if (slow !== undefined) return { word: 'skipped', reasons: [slow] };
  if (problems.length > 0) return { word: 'FAILED', reasons: problems };
  const cwd = path.join(folder, recipe.chapter);
  const program = path.join('test', 'copied', `${recipe.name}.ts`);
  if (!existsSync(path.join(cwd, program))) return { word: 'FAILED', reasons: [`write ${program}`] };
  const { status, stdout, stderr, left } = await machine.run({ args: [program], cwd, limit: LIMIT });
  const reasons = complaintsOf({ end: status, limit: LIMIT, stdout, stderr, left });
  return { word: reasons.length === 0 ? 'ok' : 'FAILED', reasons };
}
