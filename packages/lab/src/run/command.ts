// What every command of the project does alike: reads its line, reports a mistake in one line with status 2, and
// ends at once and cleanly on a signal.

import { CommanderError } from 'commander';
import type { Command } from 'commander';

/** A mistake on the command line: its message goes to stderr, and the exit status is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Runs a command's `main` with the arguments of this process. Sets the exit status 2 on wrong usage.
 *
 * @param signals `'its own'` of a command that answers SIGINT and SIGTERM itself
 */
export async function run(
  main: (argv: readonly string[]) => Promise<void>,
  { signals = 'end it' }: { readonly signals?: 'end it' | 'its own' } = {},
): Promise<void> {
  endQuietlyWithoutReader();
  if (signals === 'end it') endOnSignals();
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}

/**
 * Reads `argv` into the command.
 *
 * @returns the text of the help where it was asked for
 * @throws UsageError with one line
 */
export function parse(command: Command, argv: readonly string[]): string | undefined {
  let help = '';
  command.exitOverride().configureOutput({ writeOut: (text) => (help += text), writeErr: () => {} });
  try {
    command.parse([...argv], { from: 'user' });
    return undefined;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.helpDisplayed') return help.trimEnd();
    // Commander's "error: unknown option '--jsno'\n(Did you mean --json?)" on one line, without its prefix.
    throw new UsageError(error.message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' '));
  }
}

interface Limits {
  readonly least?: number;
  readonly above?: number;
  readonly most?: number;
  readonly whole?: boolean;
}

/** A number from the command line within bounds, or a UsageError that says them. */
export function readNumber(option: string, text: string, limits: Limits): number {
  const { least = -Infinity, above = -Infinity, most = Infinity, whole = false } = limits;
  const value = text.trim() === '' ? NaN : Number(text);
  const isWithin = Number.isFinite(value) && value >= least && value > above && value <= most;
  if (isWithin && (!whole || Number.isInteger(value))) return value;
  const range =
    above > -Infinity ? `above ${above}` : most < Infinity ? `from ${least} to ${most}` : `from ${least} up`;
  throw new UsageError(`Expected ${option} to be ${whole ? 'an integer' : 'a number'} ${range}, got '${text}'`);
}

const endings = new Set<() => void>();

/** Has `restore` called when a signal ends this process: for a terminal to be put right again. */
export function beforeEnd(restore: () => void): void {
  endings.add(restore);
}

/** Ctrl-C, a polite kill and a terminal that is closed end the program at once. Workers go with it; children see their channel or lifeline close. */
function endOnSignals(): void {
  for (const [signal, number] of [
    ['SIGHUP', 1],
    ['SIGINT', 2],
    ['SIGTERM', 15],
  ] as const) {
    process.once(signal, () => {
      for (const restore of endings) restore();
      process.exit(128 + number);
    });
  }
}

/** `... | head -1` closes the pipe: that is no error. */
function endQuietlyWithoutReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}
