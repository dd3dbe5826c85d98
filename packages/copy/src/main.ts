// Copies recipes into a project of yours: `pnpm copy threads/mutex ../my-app/src/lib`.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, run, UsageError } from '@cookbook/lab/command';
import { Command } from 'commander';
import { copy } from './copy.ts';
import { describeRecipe } from './recipe/describe.ts';
import { readCatalog } from './recipe/needs.ts';
import { findRecipes } from './recipe/recipes.ts';
import { listAsJson, listAsText, resultAsJson, resultAsText } from './wording.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const EXAMPLES = `
Examples:
  pnpm copy --list
  pnpm copy threads/mutex ../my-app/src/lib
  pnpm copy threads/mutex threads/race ../my-app/src/lib --dry-run

Each recipe becomes a folder of its name in DIR, which is made where its parent exists.
Exit status: 0 done, 1 nothing is written since a file there differs or a recipe cannot be copied, 2 wrong usage.`;

/** Runs the command, and prints what it came to. */
async function main(argv: readonly string[]): Promise<void> {
  const command = new Command('pnpm copy')
    .usage('[options] RECIPE... DIR')
    .description('Copy recipes, with the files that they import, into a folder of your project.')
    .argument('[recipes and folder...]')
    .option('--list', 'list the recipes with their questions and npm packages', false)
    .option('--dry-run', 'say what would be written, and write nothing', false)
    .option('--force', 'overwrite files that differ', false)
    .option('--json', 'print JSON', false)
    .addHelpText('after', EXAMPLES);
  const help = parse(command, argv);
  if (help !== undefined) return console.log(help);
  const { list, json, dryRun, force } = command.opts<Record<'list' | 'json' | 'dryRun' | 'force', boolean>>();

  if (list) {
    if (command.args.length > 0) throw new UsageError('Expected --list without recipes: it lists them all');
    const catalog = readCatalog(ROOT);
    const recipes = findRecipes(ROOT).map((recipe) => describeRecipe(ROOT, catalog, recipe));
    return console.log(json ? listAsJson(ROOT, recipes) : listAsText(recipes));
  }

  const { recipes, target } = readArguments(command.args);
  const result = copy({ root: ROOT, recipes, target, dryRun, force });
  const failed = result.problems.length > 0 || (result.differing.length > 0 && !force);
  if (failed) process.exitCode = 1;
  if (json) console.log(resultAsJson(result, target));
  else (failed ? console.error : console.log)(resultAsText(result, target, { dryRun, failed }));
}

function readArguments(args: readonly string[]): { recipes: readonly string[]; target: string } {
  const target = args.at(-1);
  if (target === undefined) throw new UsageError('Expected recipes and a folder: --list shows the recipes');
  const isRecipe = findRecipes(ROOT).some(({ id }) => id === target);
  if (args.length === 1 || (isRecipe && !existsSync(target))) {
    throw new UsageError(
      isRecipe
        ? `Expected a folder after the recipes, such as: pnpm copy ${args.join(' ')} ../my-app/src/lib`
        : `Expected recipes before the folder ${target}: --list shows them`,
    );
  }
  return { recipes: args.slice(0, -1), target: path.resolve(target) };
}

await run(main);
