// The options of `tf-idf`, and its help.

import { Command } from 'commander';

const CLOSING = `
tf-idf search QUERY PATH...        ranks documents for the query
tf-idf index PATH... --out FILE    writes an index, for: search QUERY --index FILE
tf-idf scores PATH...              the terms of each document with the most TF-IDF

QUERY is words in any order. threads finds thread, cafe finds café, and mutx finds
mutex where no document has mutx. "event loop" in quotes has to stand so. mut* is
the beginning of a word. c++, C#, .net and node.js are words.

PATH is a file, a folder, a pattern such as 'notes/**/*.md', or - for the standard
input; .gz and .zst are read. In folders, hidden files, .git, node_modules and what
a .gitignore names are passed over.

Examples:
  tf-idf search "shared memory" packages/threads
  tf-idf search '"event loop" block*' . --exclude '*.json' --limit 3
  tf-idf index ~/notes --out notes.index
  tf-idf search mutex --index notes.index
  tf-idf search refund --field text mails.csv
  journalctl | tf-idf search "disk error" --lines -

Exit status: 0 found or done, 1 nothing found, 2 wrong usage, 130 interrupted.`;

/** The command line as commander reads it. */
export function describeCommand(): Command {
  return new Command('pnpm tsx packages/utils/src/tf-idf/main.ts')
    .description('Ranks documents for a query, and shows the share of each of its words in the score.')
    .argument('<task>', 'search, index or scores')
    .argument('[what...]', 'the query, for search; then paths')
    .option('--lines', 'every line is a document, not every file')
    .option('--field <name>', 'every record of CSV, TSV or JSON lines is a document: this field of it')
    .option('--index <file>', 'search in this index instead of paths')
    .option('--out <file>', 'where index writes to')
    .option('--rank <how>', 'bm25 or cosine, of TF-IDF vectors (default: bm25)')
    .option('--exact', 'words only as they are typed, but for capitals')
    .option('--limit <n>', 'documents that search shows, terms that scores shows of each (default: 10)')
    .option('--hidden', 'read what begins with a dot, too')
    .option('--no-ignore', 'read what a .gitignore names, .git and node_modules, too')
    .option('--exclude <glob>', 'pass this over, as a line of a .gitignore; may be given again', collect)
    .option('--json', 'print JSON and nothing else')
    .addHelpText('after', CLOSING);
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
