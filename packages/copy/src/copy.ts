// Copies recipes into a folder of another project, each into a folder of its own name, so that what they import of one
// another is found there as it is here.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '@cookbook/lab/command';
import leven from 'leven';
import { describeRecipe } from './recipe/describe.ts';
import type { Description } from './recipe/describe.ts';
import { readCatalog } from './recipe/needs.ts';
import { isModule } from './recipe/reach.ts';
import { findRecipes, slashed } from './recipe/recipes.ts';
import type { Recipe } from './recipe/recipes.ts';

export interface CopyRequest {
  /** The cookbook's root, absolute. */
  readonly root: string;
  /** Ids, such as 'threads/mutex'. */
  readonly recipes: readonly string[];
  /** The folder to copy into. It is made where its parent exists. */
  readonly target: string;
  /** Write nothing. */
  readonly dryRun?: boolean;
  /** Overwrite files that differ. */
  readonly force?: boolean;
}

export interface CopyResult {
  /** Absolute paths: written, or to be written in a dry run. */
  readonly written: readonly string[];
  /** Those that are there already. */
  readonly same: readonly string[];
  /** Those that are there and differ. Without `force` nothing is written where there are any. */
  readonly differing: readonly string[];
  /** Why nothing could be copied; then nothing is written. */
  readonly problems: readonly string[];
  /** Each recipe with what it needs. */
  readonly recipes: readonly Description[];
}

const PROJECT = 'the Concurrency Cookbook';

/**
 * Copies recipes with the files that they reach.
 *
 * @throws UsageError where a recipe is not known, or the target's parent does not exist
 */
export function copy({ root, recipes: ids, target, dryRun = false, force = false }: CopyRequest): CopyResult {
  const known = findRecipes(root);
  const catalog = readCatalog(root);
  const recipes = ids.map((id) => describeRecipe(root, catalog, find(id, known)));
  expectFolder(target);

  const { sources, problems } = place(root, recipes, target);
  const origin = describeOrigin(root);
  const files = [...sources].map(([to, from]) => {
    const source = readFileSync(from);
    const marked = isModule(from);
    const content = marked ? `${origin(slashed(path.relative(root, from)))}\n${source.toString()}` : source;
    return { to, content, state: compare(to, source, marked) };
  });
  const by = (state: State): string[] => files.filter((file) => file.state === state).map(({ to }) => to);
  const differing = by('differs');
  const stopped = problems.length > 0 || (differing.length > 0 && !force);
  const written = stopped ? [] : [...by('new'), ...differing].toSorted();
  if (!dryRun) {
    for (const { to, content } of files.filter((file) => written.includes(file.to))) {
      mkdirSync(path.dirname(to), { recursive: true });
      writeFileSync(to, content);
    }
  }
  return { written, same: by('same'), differing, problems, recipes };
}

function find(id: string, known: readonly Recipe[]): Recipe {
  const recipe = known.find((each) => each.id === id);
  if (recipe) return recipe;
  // Most who err leave out the chapter, or misspell the name.
  const distance = (each: Recipe): number => Math.min(leven(id, each.id), leven(id, each.name));
  const [nearest] = known.toSorted((a, b) => distance(a) - distance(b));
  const near = nearest !== undefined && distance(nearest) <= Math.max(2, nearest.name.length / 3);
  throw new UsageError(
    `unknown recipe '${id}'${near ? `: did you mean '${nearest.id}'?` : ': --list shows those that there are'}`,
  );
}

function expectFolder(target: string): void {
  if (isFolder(target)) return;
  if (existsSync(target)) throw new UsageError(`Expected ${target} to be a folder, got a file`);
  if (!isFolder(path.dirname(target))) {
    throw new UsageError(
      `Expected the folder ${path.dirname(target)} to exist, to make ${path.basename(target)} in it`,
    );
  }
}

function isFolder(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Which file goes where. Recipes of one name in two chapters would meet in one folder. */
function place(root: string, recipes: readonly Description[], target: string) {
  const sources = new Map<string, string>();
  const problems = recipes.flatMap((recipe) => recipe.problems);
  for (const from of recipes.flatMap(({ files }) => files)) {
    const to = path.join(target, path.basename(path.dirname(from)), path.basename(from));
    const other = sources.get(to) ?? from;
    sources.set(to, other);
    if (other === from) continue;
    const [one, two] = [other, from].map((file) => slashed(path.relative(root, file)));
    problems.push(`${one} and ${two} would both become ${to}: copy them into two folders`);
  }
  return { sources, problems };
}

type State = 'new' | 'same' | 'differs';

/** Two copies are the same where all but the line of their origin is: it names the commit, which changes. */
function compare(to: string, source: Buffer, marked: boolean): State {
  if (!existsSync(to)) return 'new';
  const there = readFileSync(to);
  if (!marked) return there.equals(source) ? 'same' : 'differs';
  // Git may write other line ends there.
  const text = there
    .toString()
    .replaceAll('\r\n', '\n')
    .replace(/^\/\/ From the Concurrency Cookbook .*\n/, '');
  return text === source.toString().replaceAll('\r\n', '\n') ? 'same' : 'differs';
}

/** Makes the line at the top of a copied file. */
function describeOrigin(root: string): (file: string) => string {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  const commit = commitOf(root);
  const [holder = 'MIT'] = readFileSync(path.join(root, 'LICENSE'), 'utf8').match(/Copyright .*/) ?? [];
  const from = `// From ${PROJECT} ${version}${commit === undefined ? '' : ` (commit ${commit})`}`;
  return (file) => `${from}, ${file}. MIT License, ${holder.trim()}.`;
}

/** The commit that is checked out, '-dirty' where files were changed since; undefined outside of a clone. */
function commitOf(root: string): string | undefined {
  if (!existsSync(path.join(root, '.git'))) return undefined;
  try {
    const args = ['describe', '--always', '--dirty', '--exclude', '*'];
    return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined; // no git on this machine, or no commit
  }
}
