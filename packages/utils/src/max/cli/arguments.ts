// The command line of `max`, read and checked.

import { parse, readNumber, UsageError } from '@cookbook/lab/command';
import { Command } from 'commander';
import type { Notation } from '../cells/notation.ts';
import type { NanPolicy } from '../extremes/options.ts';
import { CLOSING } from './help.ts';

/** How a file is laid out. */
export type Format = 'csv' | 'jsonl' | 'json' | 'lines';

/** A file, or the input, and its format: undefined where its first bytes decide. */
export interface Input {
  /** '-' for the input. */
  readonly path: string;
  readonly format: Format | undefined;
  /** Between the cells of CSV; found where it is undefined. */
  readonly delimiter: string | undefined;
}

/** What is to be found in files. */
export interface FileRequest {
  readonly task: 'file';
  readonly json: boolean;
  readonly inputs: readonly Input[];
  /** Its name, or its number from 1 up; undefined for a value a line, or an array of values. */
  readonly column: string | undefined;
  readonly header: boolean;
  readonly notation: Notation;
  readonly nan: NanPolicy;
  /** The treatment of a cell that is neither a value nor a gap. */
  readonly invalid: 'throw' | 'ignore';
  /** From 1 up; 'auto' for one a core where a file is large. */
  readonly threads: number | 'auto';
}

/** A watch of this machine. */
export interface LiveRequest {
  readonly task: 'live';
  readonly json: boolean;
  readonly seconds: number;
  /** Seconds before and after a peak without a higher load. */
  readonly window: number;
  /** From 0 to 1, of all cores. */
  readonly threshold: number;
}

/** What the command line asks for. */
export type Request = FileRequest | LiveRequest;

interface Options {
  readonly column?: string;
  readonly header: boolean;
  readonly format?: string;
  readonly delimiter?: string;
  readonly decimal: string;
  readonly thousands?: string;
  readonly gap?: readonly string[];
  readonly nan: string;
  readonly invalid: string;
  readonly threads?: string;
  readonly live?: string;
  readonly seconds?: string;
  readonly window?: string;
  readonly threshold?: string;
  readonly json?: true;
}

const FORMATS: ReadonlyMap<string, Format> = new Map([
  ['csv', 'csv'],
  ['tsv', 'csv'],
  ['tab', 'csv'],
  ['jsonl', 'jsonl'],
  ['ndjson', 'jsonl'],
  ['json', 'json'],
  ['lines', 'lines'],
]);

/** As a user may write a tab, which few shells let through. */
const TABS: ReadonlySet<string> = new Set([String.raw`\t`, 'tab', '\t']);

function describe(): Command {
  return new Command('pnpm tsx packages/utils/src/max/main.ts')
    .description('The largest and smallest value of a column, or the peak load of this machine.')
    .argument(
      '[files...]',
      'CSV, JSON or a value a line, of any size, also as .gz or .zst; - or nothing reads the input',
    )
    .option('--column <name>', 'which column of CSV, by its name or its number from 1 up, or field of JSON: a.b')
    .option('--no-header', 'the first line of CSV holds values; --column is a number')
    .option('--format <format>', 'csv, tsv, json, jsonl or lines; by the ending or the first character where left out')
    .option('--delimiter <character>', 'between the cells of CSV (default: the most frequent of , ; | and tab)')
    .option('--decimal <character>', 'before the fraction of a number: . or ,', '.')
    .option('--thousands <character>', "between the thousands of a number: , . ' _ or a blank")
    .option('--gap <word>', 'a cell of this word is a gap, as an empty one is; may be repeated', collect)
    .option('--nan <policy>', 'treatment of NaN: throw, ignore (is a gap) or propagate (is the result)', 'throw')
    .option('--invalid <policy>', 'treatment of a cell that is no value: throw, or ignore (is counted)', 'throw')
    .option('--threads <n>', 'threads that scan a plain file of CSV (default: one a core for a large file)')
    .option('--live <source>', 'watch this machine instead: cpu')
    .option('--seconds <n>', 'how long --live watches (default: 10)')
    .option('--window <seconds>', 'a peak of --live has none higher so long before and after (default: 1)')
    .option('--threshold <percent>', 'the least load of all cores that is a peak of --live (default: 50)')
    .option('--json', 'print one JSON object and nothing else')
    .addHelpText('after', CLOSING);
}

function collect(word: string, words: readonly string[] = []): readonly string[] {
  return [...words, word];
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
    ? { task: 'file', json, ...readFiles(command.args, options) }
    : { task: 'live', json, ...readLive(command, options) };
}

function readFiles(paths: readonly string[], options: Options): Omit<FileRequest, 'task' | 'json'> {
  for (const option of ['seconds', 'window', 'threshold'] as const) {
    if (options[option] !== undefined) throw new UsageError(`Expected --${option} with --live, got it without`);
  }
  const { column, header, nan, invalid } = options;
  if (nan !== 'throw' && nan !== 'ignore' && nan !== 'propagate') {
    throw new UsageError(`Expected --nan to be throw, ignore or propagate, got '${nan}'`);
  }
  if (invalid !== 'throw' && invalid !== 'ignore') {
    throw new UsageError(`Expected --invalid to be throw or ignore, got '${invalid}'`);
  }
  if (!header && column === undefined) throw new UsageError('Expected --column with --no-header, got none');
  if (paths.filter((path) => path === '-').length > 1) throw new UsageError('Expected - once at most, got it twice');
  return {
    inputs: (paths.length === 0 ? ['-'] : paths).map((path) => readInput(path, options)),
    column,
    header,
    notation: readNotation(options),
    nan,
    invalid,
    threads:
      options.threads === undefined
        ? 'auto'
        : readNumber('--threads', options.threads, { least: 1, most: 256, whole: true }),
  };
}

function readInput(path: string, { format: named, delimiter: given, column }: Options): Input {
  const kind = named ?? kindOf(path);
  const format = FORMATS.get(kind ?? '');
  if (named !== undefined && format === undefined) {
    throw new UsageError(`Expected --format to be csv, tsv, json, jsonl or lines, got '${named}'`);
  }
  if (format === 'lines' && column !== undefined) throw new UsageError('Expected no --column where there are none');
  if (format === 'csv' && column === undefined) throw new UsageError(`Expected --column for ${kind}, got none`);
  const delimiter = given !== undefined && TABS.has(given) ? '\t' : given;
  if (delimiter !== undefined && !/^[^\P{ASCII}"\r\n]$/u.test(delimiter)) {
    throw new UsageError(`Expected --delimiter to be one ASCII character and no quote, got '${delimiter}'`);
  }
  return { path, format, delimiter: delimiter ?? (kind === 'tsv' || kind === 'tab' ? '\t' : undefined) };
}

/** By the ending of the name, before that of a compressed file. */
function kindOf(path: string): string | undefined {
  const ending = /\.(\w+)$/.exec(path.replace(/\.(?:gz|zst)$/i, ''))?.[1]?.toLowerCase() ?? '';
  return FORMATS.has(ending) ? ending : undefined;
}

function readNotation({ decimal, thousands = '', gap: gaps = [] }: Options): Notation {
  if (decimal !== '.' && decimal !== ',') throw new UsageError(`Expected --decimal to be . or , got '${decimal}'`);
  if (!["'", ',', '.', '_', ' ', ''].includes(thousands)) {
    throw new UsageError(`Expected --thousands to be one of , . ' _ or a blank, got '${thousands}'`);
  }
  if (thousands === decimal)
    throw new UsageError(`Expected --thousands to differ from --decimal, got '${decimal}' for both`);
  return { decimal, thousands, gaps: gaps.map((word) => word.trim()) };
}

/** Options that say something of a file. */
const OF_FILES = [
  'column',
  'header',
  'format',
  'delimiter',
  'decimal',
  'thousands',
  'gap',
  'nan',
  'invalid',
  'threads',
];

function readLive(command: Command, options: Options): Omit<LiveRequest, 'task' | 'json'> {
  const { live, seconds = '10', window = '1', threshold = '50' } = options;
  if (live !== 'cpu') throw new UsageError(`Expected --live to be cpu, got '${live}'`);
  for (const option of OF_FILES) {
    if (command.getOptionValueSource(option) !== 'cli') continue;
    throw new UsageError(`Expected --${option === 'header' ? 'no-header' : option} without --live`);
  }
  const [file] = command.args;
  if (file !== undefined) throw new UsageError(`Expected no file with --live, got '${file}'`);
  return {
    seconds: readNumber('--seconds', seconds, { least: 0.2, most: 86_400 }),
    window: readNumber('--window', window, { least: 0.1, most: 86_400 }),
    threshold: readNumber('--threshold', threshold, { least: 0, most: 100 }) / 100,
  };
}
