// The recipes of a chapter as `pnpm copy` lists them.

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** One recipe of `pnpm copy --list --json`. */
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

/** Asks the command for the recipes of a chapter. */
export function listRecipes(root: string, chapter: string): ListedRecipe[] {
  const program = path.join(root, 'scripts', 'copy', 'main.ts');
  const output = execFileSync(process.execPath, [program, '--list', '--json'], { encoding: 'utf8' });
  const { recipes } = JSON.parse(output) as { recipes: ListedRecipe[] };
  return recipes.filter(({ id }) => id.startsWith(`${chapter}/`));
}

/** The root of the workspace that a folder stands in. @throws Error where it is in none */
export function rootOf(folder: string): string {
  for (let at = folder; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, 'pnpm-workspace.yaml'))) return at;
    if (path.dirname(at) === at) throw new Error(`Expected ${folder} to be in a workspace of pnpm`);
  }
}
