// How long a query takes on an index in memory, and as a whole command on the index file of many small files. Not a test:
// figures of one machine. Queries are words of documents, drawn by a fixed seed.

import { beforeEnd, parse, readNumber, run, UsageError } from '@cookbook/lab/command';
import { readHost } from '@cookbook/lab/host';
import { describeHost, openScreen, table } from '@cookbook/lab/show';
import { quantileSorted } from 'simple-statistics';
import { Command } from 'commander';
import { SearchIndex } from '../src/tf-idf/search/search-index.ts';
import { wordsOf } from '../src/tf-idf/search/words/words-of.ts';
import { indexFiles, makeFiles, searchFiles, timeStarts } from './search/many-files.ts';
import type { StartTimes } from './search/many-files.ts';
import { readBrown, readSpam } from './tf-idf/corpora.ts';

interface Options {
  readonly corpus: string;
  readonly queries: string;
  readonly files: string;
  readonly json?: true;
}

const CORPORA: Readonly<Record<string, () => readonly string[]>> = { spam: readSpam, brown: readBrown };
const WORDS = [1, 2, 5, 20];
/** Of an index file: a word of one document, some of several, a phrase, a slip, and two words that every e-mail has. */
const QUERIES = ['needle7', 'shared memory patch', '"mailing list"', 'linxu', 'message received'];
const ROUNDS = 20;
/** Of a text that a small file gets. */
const SMALL = 2_000;

await run(async (argv) => {
  const command = new Command('node packages/utils/bench/search.ts')
    .description('Times queries on an index in memory, and the search in many small files.')
    .option('--corpus <name>', 'spam or brown', 'spam')
    .option('--queries <n>', 'queries of each length', '200')
    .option('--files <n>', 'small files that are made, searched and removed; 0 for none', '0')
    .option('--json', 'print one JSON object and nothing else');
  const help = parse(command, argv);
  if (help !== undefined) return console.log(help);
  const options = command.opts<Options>();
  const readCorpus = CORPORA[options.corpus];
  if (!readCorpus) throw new UsageError(`Expected --corpus to be spam or brown, got '${options.corpus}'`);
  const queries = readNumber('--queries', options.queries, { least: 1, most: 100_000, whole: true });
  const files = readNumber('--files', options.files, { least: 0, most: 10_000_000, whole: true });

  const host = await readHost();
  const screen = openScreen(options.json ? process.stderr : process.stdout);
  screen.draw('reading and indexing');
  const documents = readCorpus();
  const start = performance.now();
  const index = await SearchIndex.of(documents);
  const indexing = performance.now() - start;
  const results = WORDS.map((words) => {
    screen.draw(`${queries} queries of ${words} words`);
    return { words, ...timeQueries(index, documents, words, queries) };
  });
  const many = files === 0 ? undefined : await searchMany(files, documents, (frame) => screen.draw(frame));
  screen.close();
  const bytes = documents.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const corpus = {
    name: options.corpus,
    documents: documents.length,
    bytes,
    terms: index.source.totals.terms,
    indexing,
  };
  if (options.json) return console.log(JSON.stringify({ host, corpus, queries, results, many }));
  console.log(describeHost(host));
  console.log(
    `\n${corpus.name}: ${corpus.documents} documents, ${(bytes / 1e6).toFixed(1)} MB, indexed in ${indexing.toFixed(0)} ms`,
  );
  console.log(draw(results));
  if (many) {
    const text = `${(many.bytes / 1e6).toFixed(0)} MB in ${files.toLocaleString('en-US')} files`;
    console.log(
      `\n${text}: searched in ${many.seconds.toFixed(1)} s, ${many.peakMemory.toFixed(0)} MiB of memory at most`,
    );
    const { seconds, bytes: size } = many.index;
    console.log(
      `an index of ${(size / 1e6).toFixed(0)} MB in ${seconds.toFixed(1)} s; a query of it as a whole command:\n`,
    );
    console.log(drawStarts(many.starts));
  }
});

interface Times {
  /** ms */
  readonly median: number;
  readonly p95: number;
  readonly most: number;
  /** Documents with any of the words, on average. */
  readonly found: number;
}

/** @throws Error where a document that has all the words is not found */
function timeQueries(index: SearchIndex, documents: readonly string[], words: number, count: number): Times {
  const random = generator();
  const times: number[] = [];
  let found = 0;
  for (let n = -20; n < count; n++) {
    // Without the last word, which the cut may have shortened.
    const all = wordsOf(documents[Math.floor(random() * documents.length)]!.slice(0, 20_000)).slice(0, -1);
    if (all.length === 0) continue;
    const query = Array.from({ length: words }, () => all[Math.floor(random() * all.length)]!.raw).join(' ');
    const start = performance.now();
    const answer = index.search(query);
    const took = performance.now() - start;
    if (answer.hits.length === 0 || answer.unknown.length > 0) throw new Error(`Expected '${query}' to be found`);
    if (n < 0) continue; // not compiled yet
    times.push(took);
    found += answer.found;
  }
  const sorted = times.toSorted((a, b) => a - b);
  return {
    median: quantileSorted(sorted, 0.5),
    p95: quantileSorted(sorted, 0.95),
    most: sorted.at(-1)!,
    found: found / times.length,
  };
}

async function searchMany(count: number, documents: readonly string[], report: (frame: string) => void) {
  report(`making ${count.toLocaleString('en-US')} files`);
  const made = makeFiles(
    count,
    documents.map((text) => text.slice(0, SMALL)),
  );
  beforeEnd(() => made.remove());
  try {
    report(`searching ${count.toLocaleString('en-US')} files`);
    const cost = await searchFiles(made.folder, count - 1, count);
    report('indexing');
    const index = indexFiles(made.folder);
    report(`${ROUNDS} rounds of queries from the index`);
    return { bytes: made.bytes, ...cost, index, starts: timeStarts(index.file, QUERIES, ROUNDS) };
  } finally {
    made.remove();
  }
}

/** Numbers from 0 to 1, the same in every run: a linear congruence (Numerical Recipes, section 7.1). */
function generator(): () => number {
  let state = 1;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

function draw(results: readonly ({ words: number } & Times)[]): string {
  const rows = results.map(({ words, median, p95, most, found }) => ({
    'words of a query': String(words),
    'median ms': median.toFixed(2),
    '95 % ms': p95.toFixed(2),
    'longest ms': most.toFixed(2),
    'documents found': found.toFixed(0),
  }));
  return table(rows, Object.keys(rows[0]!));
}

/** Besides the times, how many times as long as the empty program each takes: that depends less on what else runs. */
function drawStarts(starts: readonly StartTimes[]): string {
  const least = quantileSorted(starts[0]!.times, 0.5);
  const rows = starts.map(({ how, times }) => ({
    'started by': how,
    'median ms': quantileSorted(times, 0.5).toFixed(0),
    'shortest ms': times[0]!.toFixed(0),
    'longest ms': times.at(-1)!.toFixed(0),
    'to the first': (quantileSorted(times, 0.5) / least).toFixed(1),
  }));
  return table(rows, Object.keys(rows[0]!).slice(1));
}
