// The command line of `tf-idf`, read and checked.

import { parse, readNumber, UsageError } from '@cookbook/lab/command';
import type { Unit } from '../files/read-documents.ts';
import type { RankName } from '../search/rank/rank.ts';
import type { CollectionSource } from '../search/read-collection.ts';
import { wordsOf } from '../search/words/words-of.ts';
import { describeCommand } from './help.ts';

/** Where the documents are: in files, or in an index that was made of them. */
export type Source = CollectionSource | { readonly index: string };

export type Request = { readonly json: boolean } & (
  | {
      readonly task: 'search';
      readonly query: string;
      readonly limit: number;
      readonly rank: RankName;
      readonly exact: boolean;
      readonly source: Source;
    }
  | { readonly task: 'index'; readonly source: CollectionSource; readonly out: string }
  | { readonly task: 'scores'; readonly limit: number; readonly source: CollectionSource }
);

interface Options {
  readonly lines?: true;
  readonly field?: string;
  readonly index?: string;
  readonly out?: string;
  readonly rank?: string;
  readonly exact?: true;
  readonly limit?: string;
  readonly hidden?: true;
  /** False by --no-ignore. */
  readonly ignore: boolean;
  readonly exclude?: readonly string[];
  readonly json?: true;
}

/**
 * Reads the arguments.
 *
 * @returns what is to be done, or the text of the help where it was asked for
 * @throws UsageError with one line
 */
export function readRequest(argv: readonly string[]): Request | string {
  const command = describeCommand();
  const help = parse(command, argv);
  if (help !== undefined) return help;
  const [task, ...what] = command.args as [string, ...string[]];
  const options = command.opts<Options>();
  const json = options.json ?? false;
  const limit = readNumber('--limit', options.limit ?? '10', { least: 1, most: 1_000_000, whole: true });
  refuseElsewhere(task, options);
  switch (task) {
    case 'search': {
      const [query, ...paths] = what;
      const rank = readRank(options.rank);
      const exact = options.exact ?? false;
      return { task, json, limit, rank, exact, query: checkQuery(query), source: readSource(paths, options) };
    }
    case 'index':
      if (options.out === undefined) throw new UsageError('Expected --out with index, got none');
      return { task, json, source: readPaths(what, options), out: options.out };
    case 'scores':
      return { task, json, limit, source: readPaths(what, options) };
    default:
      throw new UsageError(`Expected search, index or scores, got '${task}'`);
  }
}

/** The tasks that an option is for; the others refuse it. */
const ONLY: readonly (readonly [keyof Options, readonly string[]])[] = [
  ['out', ['index']],
  ['index', ['search']],
  ['rank', ['search']],
  ['exact', ['search']],
  ['limit', ['search', 'scores']],
];

function refuseElsewhere(task: string, options: Options): void {
  if (!['search', 'index', 'scores'].includes(task)) return;
  for (const [name, tasks] of ONLY) {
    if (options[name] === undefined || tasks.includes(task)) continue;
    throw new UsageError(`Expected --${name} with ${tasks.join(' or ')}, got it with ${task}`);
  }
}

function readRank(rank = 'bm25'): RankName {
  if (rank === 'bm25' || rank === 'cosine') return rank;
  throw new UsageError(`Expected --rank to be bm25 or cosine, got '${rank}'`);
}

function checkQuery(query: string | undefined): string {
  if (query === undefined) throw new UsageError('Expected QUERY, got none');
  if (wordsOf(query).length > 0) return query;
  throw new UsageError(`Expected QUERY to have a letter or a digit, got '${query}'`);
}

function readSource(paths: readonly string[], options: Options): Source {
  const { index } = options;
  if (index === undefined) return readPaths(paths, options);
  if (paths.length > 0) throw new UsageError(`Expected paths or --index, got both: '${paths[0]}'`);
  for (const name of ['lines', 'field', 'hidden', 'exclude'] as const) {
    if (options[name] !== undefined)
      throw new UsageError(`Expected --${name} when the index is made, got it with --index`);
  }
  return { index };
}

function readPaths(paths: readonly string[], options: Options): CollectionSource {
  const { lines, field, hidden = false, ignore, exclude = [] } = options;
  if (lines && field !== undefined) throw new UsageError('Expected --lines or --field, got both');
  if (paths.length === 0) throw new UsageError('Expected at least one PATH, got none');
  const unit: Unit = field !== undefined ? { kind: 'field', field } : { kind: lines ? 'line' : 'file' };
  return { paths, unit, walk: { hidden, noIgnore: !ignore, exclude } };
}
