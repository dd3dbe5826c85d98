// What the command line of a chapter and that of the whole project have in common: which claims, and for how long. Every
// mistake is one line, and says what would have been right.

import { Command } from 'commander';
import leven from 'leven';
import { chapterOf, recipeOf } from '../claim/claim.ts';
import { DEFAULT_TIME_BUDGET } from '../claim/verify.ts';
import { readNumber, UsageError } from './command.ts';

/** A command that runs claims, with the options that all of them have. */
export function runCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option('--list', 'list the recipes with their questions and answers, and run none', false)
    .option(
      '--time-budget <seconds>',
      `how long a claim may be measured again while it is inconclusive (default: ${DEFAULT_TIME_BUDGET})`,
    );
}

/** Seconds, `DEFAULT_TIME_BUDGET` where the reader gave none. */
export function readTimeBudget(text: string | undefined): number {
  return text === undefined ? DEFAULT_TIME_BUDGET : readNumber('--time-budget', text, { above: 0 });
}

export const EXIT_STATUS = `
Exit status: 0 every claim holds or cannot be shown here, 1 a claim is refuted or a chapter cannot be read,
2 wrong usage, 3 a claim is inconclusive and CLAIMS_STRICT=1, 130 interrupted.`;

/**
 * The ids that names stand for, in their order; all where there is no name.
 *
 * @param names chapters ('threads'), recipes ('kill') and ids ('processes/kill')
 * @throws UsageError where a name stands for nothing
 */
export function chooseIds(names: readonly string[], ids: readonly string[]): string[] {
  const known = new Set(ids.flatMap(namesOf));
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw new UsageError(
      `Expected the name of a chapter or a recipe, got '${unknown}'${suggestion(unknown, [...known])}`,
    );
  }
  return ids.filter((id) => names.length === 0 || namesOf(id).some((name) => names.includes(name)));
}

function namesOf(id: string): string[] {
  return [chapterOf({ id }), recipeOf({ id }), id];
}

/** ": did you mean 'race'?" where a name is near, a pointer to --list where none is. */
function suggestion(wrong: string, names: readonly string[]): string {
  const [nearest] = names
    .map((name) => ({ name, distance: leven(wrong, name) }))
    .toSorted((a, b) => a.distance - b.distance);
  const near = nearest !== undefined && nearest.distance <= Math.max(2, nearest.name.length / 3);
  return near ? `: did you mean '${nearest.name}'?` : ': --list shows those that there are';
}
