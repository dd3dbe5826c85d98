// The command line of `tf-idf`, read and checked.

import { parse, readNumber, UsageError } from '@cookbook/lab/command';
import { Command } from 'commander';
import type { Unit } from '../files/read-documents.ts';
import type { Source } from '../search/load-collection.ts';
import { wordsOf } from '../search/words.ts';

export type Request = { readonly json: boolean } & (
  | { readonly task: 'search'; readonly query: string; readonly limit: number; readonly source: Source }
  | { readonly task: 'index'; readonly paths: readonly string[]; readonly unit: Unit; readonly out: string }
  | { readonly task: 'scores'; readonly limit: number; readonly source: Source }
);

interface Options {
  readonly lines?: true;
  readonly field?: string;
  readonly index?: string;
  readonly out?: string;
  readonly limit?: string;
  readonly json?: true;
}

const CLOSING = `
tf-idf search QUERY PATH...            ranks documents by the cosine of their TF-IDF vectors and that of the query
tf-idf index PATH... --out FILE        writes an index, for: search QUERY --index FILE
tf-idf scores PATH...                  the terms of each document with the largest scores

PATH is a file, a folder with all its contents, or a pattern such as 'notes/**/*.md'. Words have two letters, digits or
underscores at least; case is ignored.

Exit status: 0 found or done, 1 nothing found, 2 wrong usage, 130 interrupted.`;

function describe(): Command {
  return new Command('pnpm tsx packages/utils/src/tf-idf/main.ts')
    .description('Ranks documents for a query, and shows the share of each of its words in the score.')
    .argument('<task>', 'search, index or scores')
    .argument('[what...]', 'the query, for search; then paths')
    .option('--lines', 'every line is a document, not every file')
    .option('--field <name>', 'every record of CSV, TSV or JSON lines is a document: this field of it')
    .option('--index <file>', 'search in this index instead of paths')
    .option('--out <file>', 'where index writes to')
    .option('--limit <n>', 'documents that search shows, terms that scores shows of each (default: 10)')
    .option('--json', 'print JSON and nothing else')
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
  const [task, ...what] = command.args as [string, ...string[]];
  const options = command.opts<Options>();
  const json = options.json ?? false;
  const limit = readNumber('--limit', options.limit ?? '10', { least: 1, most: 1_000_000, whole: true });
  if (options.out !== undefined && task !== 'index')
    throw new UsageError(`Expected --out with index, got it with ${task}`);

  switch (task) {
    case 'search': {
      const [query, ...paths] = what;
      return { task, json, limit, query: checkQuery(query), source: readSource(paths, options) };
    }
    case 'index': {
      const source = readSource(what, options);
      if ('index' in source) throw new UsageError('Expected --index with search or scores, got it with index');
      if (options.limit !== undefined)
        throw new UsageError('Expected --limit with search or scores, got it with index');
      if (options.out === undefined) throw new UsageError('Expected --out with index, got none');
      return { task, json, ...source, out: options.out };
    }
    case 'scores':
      return { task, json, limit, source: readSource(what, options) };
    default:
      throw new UsageError(`Expected search, index or scores, got '${task}'`);
  }
}

function checkQuery(query: string | undefined): string {
  if (query === undefined) throw new UsageError('Expected QUERY, got none');
  if (wordsOf(query).length > 0) return query;
  throw new UsageError(`Expected QUERY to have a word of two letters or more, got '${query}'`);
}

function readSource(paths: readonly string[], { index, lines, field }: Options): Source {
  if (lines && field !== undefined) throw new UsageError('Expected --lines or --field, got both');
  if (index !== undefined) {
    if (paths.length > 0) throw new UsageError(`Expected paths or --index, got both: '${paths[0]}'`);
    if (lines || field !== undefined) throw new UsageError('Expected --lines and --field when the index is made');
    return { index };
  }
  if (paths.length === 0) throw new UsageError('Expected at least one PATH, got none');
  const unit: Unit = field !== undefined ? { kind: 'field', field } : { kind: lines ? 'line' : 'file' };
  return { paths, unit };
}
