// The recipes of a chapter, as `pnpm copy --list` describes them.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { describeRecipe } from '../recipe/describe.ts';
import { readCatalog } from '../recipe/needs.ts';
import { findRecipes, slashed } from '../recipe/recipes.ts';

export interface ListedRecipe {
  /** 'threads/mutex'. */
  readonly id: string;
  /** What is copied, as paths from the root. */
  readonly files: readonly string[];
  /** The npm packages that it runs with, and their versions. */
  readonly packages: Readonly<Record<string, string>>;
  /** What its header should have under `Copy`. */
  readonly copy: string;
  /** Why it cannot be copied. */
  readonly problems: readonly string[];
}

/** The recipes of a chapter. */
export function listRecipes(root: string, chapter: string): ListedRecipe[] {
  const catalog = readCatalog(root);
  return findRecipes(root)
    .filter((recipe) => recipe.chapter === chapter)
    .map((recipe) => {
      const { files, packages, copy, problems } = describeRecipe(root, catalog, recipe);
      const paths = files.map((file) => slashed(path.relative(root, file)));
      return { id: recipe.id, files: paths, packages, copy, problems };
    });
}

/** The root of the workspace that a folder stands in. @throws Error where it is in none */
export function rootOf(folder: string): string {
  for (let at = folder; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, 'pnpm-workspace.yaml'))) return at;
    if (path.dirname(at) === at) throw new Error(`Expected ${folder} to be in a workspace of pnpm`);
  }
}
