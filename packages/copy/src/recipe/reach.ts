// What a recipe needs to run elsewhere: its own files, those of a neighbour's folder, npm packages. Whatever else it
// reaches would be missing there, so that such a recipe cannot be copied.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { isRecipe, slashed } from './recipes.ts';
import type { Recipe } from './recipes.ts';
import { readReferences } from './references.ts';
import type { Reference } from './references.ts';

export interface Reach {
  /** Absolute: recipe.ts, then the others of its folder, then those of neighbours, each sorted. */
  readonly files: readonly string[];
  /** Names of npm packages, sorted. */
  readonly packages: readonly string[];
  /** Why the recipe cannot be copied, each with file and line; empty where it can. */
  readonly problems: readonly string[];
}

/** Follows recipe.ts and all that it reaches. */
export function reach(root: string, recipe: Recipe): Reach {
  const packages = new Set<string>();
  const problems: string[] = [];
  const start = path.join(recipe.folder, 'recipe.ts');
  const files = new Set([start]);

  for (const file of files) {
    if (!isModule(file)) continue;
    const { found, unreadable } = readReferences(file, readFileSync(file, 'utf8'));
    const complain = (line: number, what: string): void => {
      problems.push(`${slashed(path.relative(root, file))}:${line} ${what}`);
    };
    for (const { text, line } of unreadable) {
      complain(line, `has \`${text}\`: write the file's name as a string, so that it can be copied along`);
    }
    const named = new Map(found.toReversed().map((reference) => [reference.specifier, reference]));
    for (const reference of [...named.values()].toReversed()) {
      const target = follow(recipe, file, reference);
      if ('file' in target) for (const each of withSource(target.file)) files.add(each);
      else if ('npm' in target) packages.add(target.npm);
      else if ('problem' in target) complain(reference.line, `imports '${reference.specifier}', ${target.problem}`);
    }
  }

  const order = (file: string): string => {
    if (file === start) return '';
    return path.dirname(file) === recipe.folder ? `0${file}` : `1${file}`;
  };
  return {
    files: [...files].toSorted((a, b) => (order(a) < order(b) ? -1 : 1)),
    packages: [...packages].toSorted(),
    problems,
  };
}

/** A file, and with a kernel of WebAssembly the AssemblyScript that it is compiled from. */
function withSource(file: string): string[] {
  const source = file.replace(/\.wasm$/, '.as.ts');
  return source !== file && existsSync(source) ? [file, source] : [file];
}

/** Whether a file is TypeScript or JavaScript. */
export function isModule(file: string): boolean {
  return /\.[cm]?[jt]s$/.test(file);
}

type Target = { file: string } | { npm: string } | { problem: string } | { builtin: true };

function follow(recipe: Recipe, from: string, { specifier }: Reference): Target {
  if (isBuiltin(specifier)) return { builtin: true };
  if (specifier.startsWith('/') || specifier.startsWith('#')) return { problem: 'which is no file beside it' };
  if (!specifier.startsWith('.')) {
    const name = specifier.match(/^(@[^/]+\/)?[^/]+/)![0];
    return name.startsWith('@cookbook/') ? { problem: 'which is a package of the cookbook' } : { npm: name };
  }
  const file = path.resolve(path.dirname(from), specifier.replace(/[?#].*$/, ''));
  const folder = path.dirname(file);
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return { problem: 'which is no file' };
  if (path.dirname(folder) !== path.dirname(recipe.folder) || !isRecipe(folder)) {
    return { problem: `which lies outside the recipes of ${recipe.chapter}: only those are copied` };
  }
  if (path.basename(file) === 'claim.ts') return { problem: 'which is a claim: claims are not copied' };
  return { file };
}
