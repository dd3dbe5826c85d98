// How well the search and two others rank the things that a person looks for. Not a test: figures for the README.

import { parse, run } from '@cookbook/lab/command';
import { readHost } from '@cookbook/lab/host';
import { describeHost, openScreen, table } from '@cookbook/lab/show';
import { Command } from 'commander';
import { ENGINES } from './search/engines.ts';
import type { Engine } from './search/engines.ts';
import { readKnownItems, readNamedBrown, readRepository } from './search/known-items.ts';
import type { CorpusName, KnownItem, NamedDocument } from './search/known-items.ts';

/** An item that is not among so many hits counts as not found. */
const DEPTH = 100;

interface Found extends KnownItem {
  /** From 1 up; undefined where it is not found. */
  readonly rank: number | undefined;
}

await run(async (argv) => {
  const command = new Command('node packages/utils/bench/search-quality.ts')
    .description('Ranks the judged set by each engine: mean reciprocal rank, success at 1 and at 5.')
    .option('--items', 'show the rank of each item')
    .option('--json', 'print one JSON object and nothing else');
  const help = parse(command, argv);
  if (help !== undefined) return console.log(help);
  const { json, items: showItems } = command.opts<{ json?: true; items?: true }>();
  const screen = openScreen(process.stderr);
  const corpora: Record<CorpusName, readonly NamedDocument[]> = {
    repository: await readRepository(),
    brown: readNamedBrown(),
  };
  const items = readKnownItems();
  const results = [];
  for (const engine of ENGINES) {
    screen.draw(engine.name);
    results.push({ engine: engine.name, found: await rankItems(engine, corpora, items) });
  }
  screen.close();
  const host = await readHost();
  if (json) return console.log(JSON.stringify({ host, results }));
  console.log(describeHost(host));
  console.log(
    `${items.length} items in ${corpora.repository.length} files of this repository and ${corpora.brown.length} of Brown\n`,
  );
  const rows = results.map(({ engine, found }) => ({ engine, ...row(found) }));
  console.log(table(rows, Object.keys(rows[0]!).slice(1)));
  if (showItems) console.log(`\n${drawItems(results)}`);
});

async function rankItems(
  engine: Engine,
  corpora: Readonly<Record<CorpusName, readonly NamedDocument[]>>,
  items: readonly KnownItem[],
): Promise<Found[]> {
  const rankers = { repository: await engine.index(corpora.repository), brown: await engine.index(corpora.brown) };
  return items.map((item) => {
    const place = rankers[item.corpus](item.query, DEPTH).findIndex((name) => item.find.includes(name));
    return { ...item, rank: place < 0 ? undefined : place + 1 };
  });
}

function row(found: readonly Found[]): Record<string, string> {
  const of = (wanted: (one: Found) => boolean): string => {
    const some = found.filter(wanted);
    const mean = (value: (rank: number) => number): number =>
      some.reduce((sum, { rank }) => sum + (rank === undefined ? 0 : value(rank)), 0) / some.length;
    const success = (most: number): string => `${Math.round(mean((rank) => (rank <= most ? 1 : 0)) * 100)} %`;
    return `${mean((rank) => 1 / rank).toFixed(2)}, ${success(1)}, ${success(5)}`;
  };
  return {
    tuned: of(({ half }) => half === 'tuned'),
    'held out': of(({ half }) => half === 'held-out'),
    repository: of(({ corpus }) => corpus === 'repository'),
    brown: of(({ corpus }) => corpus === 'brown'),
    all: of(() => true),
  };
}

function drawItems(results: readonly { engine: string; found: readonly Found[] }[]): string {
  const rows = results[0]!.found.map(({ query, half }, n) => ({
    query,
    half,
    ...Object.fromEntries(results.map(({ engine, found }) => [engine, String(found[n]!.rank ?? '-')])),
  }));
  return table(
    rows,
    results.map(({ engine }) => engine),
  );
}
