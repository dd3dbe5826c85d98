// The recipes of the cookbook: folders `packages/<chapter>/src/<recipe>/` that hold a recipe.ts and a claim.ts.

import { existsSync, globSync } from 'node:fs';
import path from 'node:path';

export interface Recipe {
  /** Chapter and folder: 'threads/mutex'. */
  readonly id: string;
  readonly chapter: string;
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
}

/** Every recipe below `root`, sorted by id. */
export function findRecipes(root: string): Recipe[] {
  return globSync('packages/*/src/*/recipe.ts', { cwd: root })
    .map((file) => recipeOf(path.dirname(path.join(root, file))))
    .filter(({ folder }) => isRecipe(folder))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Whether a folder is a recipe's. */
export function isRecipe(folder: string): boolean {
  return existsSync(path.join(folder, 'recipe.ts')) && existsSync(path.join(folder, 'claim.ts'));
}

/** A path as it is written in messages and headers, on Windows too. */
export function slashed(file: string): string {
  return file.split(path.sep).join('/');
}

function recipeOf(folder: string): Recipe {
  const name = path.basename(folder);
  const chapter = path.basename(path.resolve(folder, '../..'));
  return { id: `${chapter}/${name}`, chapter, name, folder };
}
