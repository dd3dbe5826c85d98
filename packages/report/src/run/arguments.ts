// The command line of a run of the project.

import { DEFAULT_TIME_BUDGET } from '@cookbook/lab/claim';
import { parse, UsageError } from '@cookbook/lab/command';
import { chooseIds, EXIT_STATUS, readTimeBudget, runCommand } from '@cookbook/lab/run';
import { allIds } from '../results/counts.ts';
import type { Results, Selection } from '../results/format.ts';

export interface RunArguments {
  /** What was asked for; undefined where nothing was, which with --resume means: as before. */
  readonly selection: Selection | undefined;
  readonly list: boolean;
  readonly resume: boolean;
  /** Whether to show the page when it is built. */
  readonly open: boolean;
}

export const EVERYTHING: Selection = { only: [], quick: false, timeBudget: DEFAULT_TIME_BUDGET };

/**
 * Reads the arguments of a run.
 *
 * @returns the arguments, or the text of the help where it was asked for
 * @throws UsageError with one line
 */
export function readRunArguments(argv: readonly string[]): RunArguments | string {
  const command = runCommand(
    'pnpm start',
    'Runs every chapter, one claim after another, and keeps what was measured in results/: a JSON file and a page.',
  )
    .option('--quick', 'the reality check and the claims that take under a second, in 20 s')
    .option('--only <names>', 'chapters and recipes, with commas: threads,processes/kill')
    .option('--resume', 'go on with the latest run that was cut short, on the same host', false)
    .option('--open', 'show the page when it is built', false)
    .addHelpText('after', `${COMMANDS}${EXIT_STATUS}`);
  const help = parse(command.allowExcessArguments(), argv);
  if (help !== undefined) return help;
  const [excess] = command.args;
  if (excess !== undefined) {
    throw new UsageError(`unknown command '${excess}': there are compare, badge, readme and page, or no command`);
  }
  const { quick, only, timeBudget, ...flags } = command.opts<
    Omit<RunArguments, 'selection'> & { quick?: true; only?: string; timeBudget?: string }
  >();
  if (quick === undefined && only === undefined && timeBudget === undefined) return { selection: undefined, ...flags };
  const selection = { only: readNames(only), quick: quick ?? false, timeBudget: readTimeBudget(timeBudget) };
  return { selection, ...flags };
}

const COMMANDS = `
Commands on results, each with --help of its own:
  pnpm report compare A.json B.json   two runs side by side
  pnpm report badge RESULTS.json      an SVG that counts the claims that hold
  pnpm report page RESULTS.json       the page again
  pnpm readme --check                 whether the READMEs agree with the claims; --write writes them from a run
`;

function readNames(text: string | undefined): string[] {
  if (text === undefined) return [];
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw new UsageError(`Expected --only to be names with commas between them, got '${text}'`);
  return [...new Set(names)];
}

/** What is to be typed for this selection: 'pnpm start --only threads --quick'. */
export function describeSelection({ only, quick, timeBudget }: Selection): string {
  return [
    'pnpm start',
    only.length > 0 && `--only ${only.join(',')}`,
    quick && '--quick',
    timeBudget !== DEFAULT_TIME_BUDGET && `--time-budget ${timeBudget}`,
  ]
    .filter(Boolean)
    .join(' ');
}

/**
 * The ids that names stand for, in reading order; all where there is no name, none of a chapter that cannot be read.
 *
 * @throws UsageError where a name stands for nothing
 */
export function selectIds(names: readonly string[], { chapters }: Pick<Results, 'chapters'>): string[] {
  const unreadable = new Set(chapters.filter(({ failure }) => failure !== undefined).map(({ name }) => name));
  const readable = names.filter((name) => !unreadable.has(name));
  return names.length > 0 && readable.length === 0 ? [] : chooseIds(readable, allIds({ chapters }));
}
