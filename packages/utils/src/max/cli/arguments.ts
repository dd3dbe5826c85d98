// The command line of `max`, read and checked.

import { parse, readNumber, UsageError } from '@cookbook/lab/command';
import { Command } from 'commander';
import type { NanPolicy } from '../extremes/options.ts';
import type { Column, Format } from './cells.ts';

export type Request = { readonly json: boolean } & (
  | { readonly task: 'file'; readonly path: string; readonly nan: NanPolicy; readonly column: Column }
  | {
      readonly task: 'live';
      readonly seconds: number;
      /** Seconds before and after a peak without a higher load. */
      readonly window: number;
      /** From 0 to 1, of all cores. */
      readonly threshold: number;
    }
);

interface Options {
  readonly column?: string;
  readonly format?: string;
  readonly delimiter?: string;
  readonly nan: string;
  readonly live?: string;
  readonly seconds?: string;
  readonly window?: string;
  readonly threshold?: string;
  readonly json?: true;
}

const FORMATS: Readonly<Record<string, Format>> = {
  csv: 'csv',
  tsv: 'csv',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  lines: 'lines',
};

const CLOSING = `
Without --column the input is a number a line. A cell that is empty or NaN is a gap: an error, unless --nan says otherwise.

Exit status: 0 found, 1 no value or a cell that is no number, 2 wrong usage, 130 interrupted.`;

function describe(): Command {
  return new Command('pnpm tsx packages/utils/src/max/main.ts')
    .description('The largest and smallest value of a column, or the peak load of this machine.')
    .argument('[file]', 'CSV, JSON lines or a number a line, of any size; - or nothing reads the input')
    .option('--column <name>', 'which column, or which field of JSON lines')
    .option('--format <format>', 'csv, tsv, jsonl or lines; by the name of the file where it is left out, else csv')
    .option('--delimiter <character>', 'between the cells of CSV (default: a comma; a tab for tsv)')
    .option(
      '--nan <policy>',
      'treatment of a gap: throw, ignore (is passed over) or propagate (is the result)',
      'throw',
    )
    .option('--live <source>', 'watch this machine instead: cpu')
    .option('--seconds <n>', 'how long --live watches (default: 10)')
    .option('--window <seconds>', 'a peak of --live has none higher so long before and after (default: 1)')
    .option('--threshold <percent>', 'the least load of all cores that is a peak of --live (default: 50)')
    .option('--json', 'print one JSON object and nothing else')
    .addHelpText('after', CLOSING);
}

/**
 * Reads the arguments.
 *
 * @returns what is to be done, or the text of the help where it was asked for
 * @throws UsageError with one line
 */
export function readRequest(argv: readonly string[]): Request | string {
  const command = describe();
  const help = parse(command, argv);
  if (help !== undefined) return help;
  const options = command.opts<Options>();
  const json = options.json ?? false;
  return options.live === undefined
    ? { task: 'file', json, ...readFile(command.args[0] ?? '-', options) }
    : { task: 'live', json, ...readLive(command.args, options) };
}

function readFile(path: string, options: Options): { path: string; nan: NanPolicy; column: Column } {
  for (const option of ['seconds', 'window', 'threshold'] as const) {
    if (options[option] !== undefined) throw new UsageError(`Expected --${option} with --live, got it without`);
  }
  const { column: name, nan } = options;
  if (nan !== 'throw' && nan !== 'ignore' && nan !== 'propagate') {
    throw new UsageError(`Expected --nan to be throw, ignore or propagate, got '${nan}'`);
  }
  const kind = options.format ?? kindOf(path, name);
  const format = FORMATS[kind];
  if (format === undefined) throw new UsageError(`Expected --format to be csv, tsv, jsonl or lines, got '${kind}'`);
  if (format === 'lines' && name !== undefined) throw new UsageError('Expected no --column where there are none');
  if (format !== 'lines' && name === undefined) throw new UsageError(`Expected --column for ${kind}, got none`);
  const delimiter = options.delimiter ?? (kind === 'tsv' ? '\t' : ',');
  if (delimiter.length !== 1) throw new UsageError(`Expected --delimiter to be one character, got '${delimiter}'`);
  return { path, nan, column: { name, format, delimiter } };
}

/** By the ending of the name; where it has none that is known, by whether a column is asked for. */
function kindOf(path: string, column: string | undefined): string {
  const ending = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  return ending in FORMATS ? ending : column === undefined ? 'lines' : 'csv';
}

function readLive(files: readonly string[], options: Options): { seconds: number; window: number; threshold: number } {
  const { live, seconds = '10', window = '1', threshold = '50' } = options;
  if (live !== 'cpu') throw new UsageError(`Expected --live to be cpu, got '${live}'`);
  for (const option of ['column', 'format', 'delimiter'] as const) {
    if (options[option] !== undefined) throw new UsageError(`Expected --${option} without --live`);
  }
  if (files.length > 0) throw new UsageError(`Expected no file with --live, got '${files[0]}'`);
  return {
    seconds: readNumber('--seconds', seconds, { least: 0.2, most: 86_400 }),
    window: readNumber('--window', window, { least: 0.1, most: 86_400 }),
    threshold: readNumber('--threshold', threshold, { least: 0, most: 100 }) / 100,
  };
}
