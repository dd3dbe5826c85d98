// The command line of a chapter, read and checked. Every mistake is one line, and says what would have been right.

import { Command } from 'commander';
import leven from 'leven';
import { parse, readNumber, UsageError } from './command.ts';
import { DEFAULT_TIME_BUDGET } from '../claim/verify.ts';

export interface Arguments {
  /** Recipes named by the reader, all where none is. */
  readonly recipes: readonly string[];
  readonly list: boolean;
  readonly json: boolean;
  /** Seconds. */
  readonly timeBudget: number;
  /** Whether to write the table of verdicts into the chapter's README. */
  readonly writeReadme: boolean;
}

/**
 * Reads the arguments of a chapter.
 *
 * @returns the arguments, or the text of the help where it was asked for
 * @throws UsageError with one line
 */
export function readArguments(
  argv: readonly string[],
  name: string,
  title: string,
  recipes: readonly string[],
): Arguments | string {
  const command = new Command(`pnpm tsx packages/${name}/src/main.ts`)
    .description(title)
    .argument('[recipe...]', 'the recipes to run, all where none is named')
    .option('--list', 'list the recipes with their claims and run none', false)
    .option('--json', 'print one JSON object and nothing else', false)
    .option(
      '--time-budget <seconds>',
      'how long a claim may be measured again while it is inconclusive',
      String(DEFAULT_TIME_BUDGET),
    )
    .option('--write-readme', "write the verdicts, with host and date, into the chapter's README.md", false)
    .addHelpText('after', EXIT_STATUS);
  const help = parse(command, argv);
  if (help !== undefined) return help;
  for (const recipe of command.args) {
    if (!recipes.includes(recipe)) throw new UsageError(`unknown recipe '${recipe}'${suggestion(recipe, recipes)}`);
  }
  const { timeBudget, ...flags } = command.opts<Omit<Arguments, 'recipes' | 'timeBudget'> & { timeBudget: string }>();
  if (flags.writeReadme && command.args.length > 0) {
    throw new UsageError('Expected --write-readme without recipes: the table shows them all');
  }
  return { recipes: command.args, ...flags, timeBudget: readNumber('--time-budget', timeBudget, { above: 0 }) };
}

const EXIT_STATUS = `
Exit status: 0 every claim holds or cannot be shown here, 1 a claim is refuted, 2 wrong usage,
3 a claim is inconclusive and CLAIMS_STRICT=1, 130 interrupted.`;

/** ": did you mean 'race'?" where a name is near, a pointer to --list where none is. */
function suggestion(wrong: string, names: readonly string[]): string {
  const [nearest] = names
    .map((name) => ({ name, distance: leven(wrong, name) }))
    .toSorted((a, b) => a.distance - b.distance);
  const near = nearest !== undefined && nearest.distance <= Math.max(2, nearest.name.length / 3);
  return near ? `: did you mean '${nearest.name}'?` : ': --list shows those that there are';
}
