// The command line of a chapter, read and checked. Every mistake is one line, and says what would have been right.

import { Command, CommanderError } from 'commander';
import leven from 'leven';
import { DEFAULT_TIME_BUDGET } from './verify.ts';

export interface Arguments {
  /** Recipes named by the reader, all where none is. */
  readonly recipes: readonly string[];
  readonly list: boolean;
  readonly json: boolean;
  /** Seconds. */
  readonly timeBudget: number;
}

/** A mistake on the command line: its message goes to stderr, and the exit status is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
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
  let help = '';
  const command = new Command(`pnpm tsx packages/${name}/src/main.ts`)
    .description(title)
    .argument('[recipe...]', 'the recipes to run, all where none is named')
    .option('--list', 'list the recipes with their claims and run none')
    .option('--json', 'print one JSON object and nothing else')
    .option(
      '--time-budget <seconds>',
      `how long a claim may be measured again while it is inconclusive (${DEFAULT_TIME_BUDGET})`,
    )
    .addHelpText(
      'after',
      '\nExit status: 0 every claim holds or cannot be shown here, 1 a claim is refuted, 2 wrong usage,\n3 a claim is inconclusive and CLAIMS_STRICT=1, 130 interrupted.',
    )
    .exitOverride()
    .configureOutput({ writeOut: (text) => (help += text), writeErr: () => {} });
  try {
    command.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.helpDisplayed') return help.trimEnd();
    throw new UsageError(oneLine(error.message));
  }
  const {
    list = false,
    json = false,
    timeBudget,
  } = command.opts<{ list?: boolean; json?: boolean; timeBudget?: string }>();
  for (const recipe of command.args) {
    if (!recipes.includes(recipe)) throw new UsageError(`unknown recipe '${recipe}'${suggestion(recipe, recipes)}`);
  }
  return { recipes: command.args, list, json, timeBudget: readSeconds(timeBudget) };
}

function readSeconds(text: string | undefined): number {
  if (text === undefined) return DEFAULT_TIME_BUDGET;
  const seconds = text.trim() === '' ? NaN : Number(text);
  if (!(seconds > 0 && seconds < Infinity)) {
    throw new UsageError(`expected --time-budget to be a number of seconds above 0, got '${text}'`);
  }
  return seconds;
}

/** ": did you mean 'race'?" where a name is near, a pointer to --list where none is. */
function suggestion(wrong: string, names: readonly string[]): string {
  const [nearest] = names
    .map((name) => ({ name, distance: leven(wrong, name) }))
    .toSorted((a, b) => a.distance - b.distance);
  const near = nearest !== undefined && nearest.distance <= Math.max(2, nearest.name.length / 3);
  return near ? `: did you mean '${nearest.name}'?` : ': --list shows those that there are';
}

/** Commander's "error: unknown option '--jsno'\n(Did you mean --json?)" on one line, without its prefix. */
function oneLine(message: string): string {
  return message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' ');
}
