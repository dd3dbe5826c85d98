// The command line of a run.

import { DEFAULT_TIME_BUDGET } from '@cookbook/lab/claim';
import { parse, readNumber, UsageError } from '@cookbook/lab/command';
import { Command } from 'commander';
import type { Selection } from '../results/format.ts';

export interface RunArguments {
  /** What was asked for; undefined where nothing was, which with --resume means: as before. */
  readonly selection: Selection | undefined;
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
  const command = new Command('pnpm start')
    .description(
      'Runs every chapter, one claim after another, and keeps what was measured in results/: a JSON file and a page.',
    )
    .option('--quick', 'the reality check and the claims that take under a second, in 20 s')
    .option('--only <names>', 'chapters and claims, with commas: threads,processes/kill')
    .option(
      '--time-budget <seconds>',
      `how long a claim may be measured again while it is inconclusive (default: ${DEFAULT_TIME_BUDGET})`,
    )
    .option('--resume', 'go on with the latest run that was cut short, on the same host')
    .option('--open', 'show the page when it is built')
    .addHelpText('after', AFTER);
  const help = parse(command.allowExcessArguments(), argv);
  if (help !== undefined) return help;
  const [excess] = command.args;
  if (excess !== undefined) {
    throw new UsageError(`unknown command '${excess}': there are compare, badge, markdown and page, or no command`);
  }
  const options = command.opts<{
    quick?: true;
    only?: string;
    timeBudget?: string;
    resume?: true;
    open?: true;
  }>();
  const { quick, only, timeBudget } = options;
  const asked = quick !== undefined || only !== undefined || timeBudget !== undefined;
  return {
    selection: asked
      ? {
          only: only === undefined ? [] : readNames(only),
          quick: quick ?? false,
          timeBudget:
            timeBudget === undefined ? DEFAULT_TIME_BUDGET : readNumber('--time-budget', timeBudget, { above: 0 }),
        }
      : undefined,
    resume: options.resume ?? false,
    open: options.open ?? false,
  };
}

const AFTER = `
Commands on results, each with --help of its own:
  pnpm report compare A.json B.json   two runs side by side
  pnpm report badge RESULTS.json      an SVG that counts the claims that hold
  pnpm report markdown RESULTS.json   the table of verdicts, for a README
  pnpm report page RESULTS.json       the page again

Exit status: 0 every claim holds or cannot be shown here, 1 a claim is refuted or a chapter cannot be read,
2 wrong usage, 3 a claim is inconclusive and CLAIMS_STRICT=1, 130 interrupted.`;

function readNames(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw new UsageError(`Expected --only to be names with commas between them, got '${text}'`);
  return [...new Set(names)];
}
