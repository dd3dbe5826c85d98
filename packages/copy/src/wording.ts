// What the command prints, for people and for programs.

import path from 'node:path';
import type { CopyResult } from './copy.ts';
import type { Description } from './recipe/describe.ts';
import { compareVersions, installCommands } from './recipe/needs.ts';
import type { Needs } from './recipe/needs.ts';
import { slashed } from './recipe/recipes.ts';

/** The recipes by chapter: name, question, packages. */
export function listAsText(recipes: readonly Description[]): string {
  const width = Math.max(...recipes.map(({ recipe }) => recipe.id.length)) + 2;
  const chapters = Map.groupBy(recipes, ({ recipe }) => recipe.chapter);
  return [...chapters.values()]
    .map((chapter) => chapter.map((each) => describeLine(each, width)).join('\n'))
    .join('\n\n');
}

function describeLine({ recipe, question, packages, problems }: Description, width: number): string {
  const needs = Object.keys(packages);
  const npm = needs.length > 0 ? `  (npm: ${needs.join(', ')})` : '';
  return `${recipe.id.padEnd(width)}${question}${npm}${problems.length > 0 ? '  (cannot be copied)' : ''}`;
}

/** One object with `recipes`: id, question, files below the root, packages, types, node, copy, problems. */
export function listAsJson(root: string, recipes: readonly Description[]): string {
  return asJson({ recipes: recipes.map((each) => describeJson(root, each)) });
}

function describeJson(root: string, { recipe, files, ...rest }: Description) {
  return { id: recipe.id, ...rest, files: files.map((file) => slashed(path.relative(root, file))) };
}

/** What was copied, what was not, and what it needs. */
export function resultAsJson(result: CopyResult, target: string): string {
  const { written, same, differing, problems } = result;
  const needs = needsOfAll(result);
  return asJson({ target, written, same, differing, problems, ...needs, install: installCommands(needs) });
}

/** The same for people. */
export function resultAsText(
  result: CopyResult,
  target: string,
  { dryRun, failed }: { dryRun: boolean; failed: boolean },
): string {
  if (failed) return failureAsText(result);
  const { written } = result;
  const needs = needsOfAll(result);
  const done = dryRun ? 'Would write' : 'Wrote';
  const [heading, files] =
    written.length === 0
      ? [`Nothing to write: all files are in ${target} already.`, []]
      : [`${done} into ${target}:`, written.map((file) => `  ${slashed(path.relative(target, file))}`)];
  const install = installCommands(needs).map((command) => `  ${command}`);
  return [
    heading,
    ...files,
    '',
    Object.keys(needs.packages).length > 0
      ? 'It needs npm packages, and others to check the types:'
      : 'It needs no npm package; to check the types:',
    ...install,
    '',
    `It runs under Node ${needs.node} or newer, unbuilt, in a package of "type": "module"${needs.node === '22' ? ' (Node 22 from 22.18)' : ''}. For tsc,`,
    'set `allowImportingTsExtensions` with `noEmit`, or `rewriteRelativeImportExtensions`.',
  ].join('\n');
}

function failureAsText({ problems, differing }: CopyResult): string {
  if (problems.length > 0) return ['Nothing is written: it cannot be copied.', ...indent(problems)].join('\n');
  const advice = 'Nothing is written: these files are there and differ. Compare them, or overwrite them with --force.';
  return [advice, ...indent(differing)].join('\n');
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

function needsOfAll({ recipes }: CopyResult): Needs & { node: string } {
  const merge = (key: 'packages' | 'types'): Record<string, string> =>
    Object.fromEntries(recipes.flatMap((recipe) => Object.entries(recipe[key])));
  return {
    packages: merge('packages'),
    types: merge('types'),
    node: recipes.map(({ node }) => node).reduce(newer),
  };
}

function newer(a: string, b: string): string {
  return compareVersions(a, b) >= 0 ? a : b;
}

function asJson(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
