// How fast the vectorizer is, against scikit-learn and against other libraries. Not a test: figures of one machine. Every
// way is a process of its own that reads the same text; they take turns, their order shifting by the round.

import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { medianInterval } from '@cookbook/lab/claim';
import { beforeEnd, parse, readNumber, run, UsageError } from '@cookbook/lab/command';
import { readHost } from '@cookbook/lab/host';
import { describeHost, openScreen, table } from '@cookbook/lab/show';
import { Command } from 'commander';
import { readBrown, readSpam } from './tf-idf/corpora.ts';
import { WayProcess } from './tf-idf/process.ts';
import { writeText } from './tf-idf/text-file.ts';
import { PEERS, TASKS } from './tf-idf/ways.ts';
import type { Run } from './tf-idf/ways.ts';

interface Options {
  readonly corpus: readonly string[];
  readonly task: string;
  readonly rounds: string;
  readonly peers: string;
  readonly python: string;
  readonly threads: string;
  readonly sizes?: string;
  readonly json?: true;
}

/** Runs of so long are not counted: the first ones are compiled on the way, on every thread anew. */
const WARM_UP_MS = 1_500;

/** Something to measure: a text, a task, and the ways to do it. */
interface Contest {
  readonly title: string;
  readonly bytes: number;
  readonly ways: readonly { readonly name: string; readonly start: () => WayProcess }[];
}

await run(async (argv) => {
  const command = new Command('pnpm tsx packages/utils/bench/tf-idf.ts')
    .description('Times the vectorizer against scikit-learn and other libraries.')
    .option('--corpus <name...>', "'brown', 'spam', or files with a document a line", ['spam'])
    .option('--task <names>', `with commas: ${TASKS.join(', ')}`, 'defaults')
    .option('--rounds <n>', 'rounds, after a warm-up', '5')
    .option('--threads <numbers>', 'with commas: threads of the vectorizer', '1,2')
    .option('--peers <names>', `with commas: ${PEERS.join(', ')}; for the defaults alone`, '')
    .option('--python <path>', "a Python with scikit-learn; '' for none", '/usr/bin/python3')
    .option('--sizes <MB>', 'with commas: the corpus cut or repeated to these sizes, to see whether time is linear')
    .option('--json', 'print one JSON object and nothing else');
  const help = parse(command, argv);
  if (help !== undefined) return console.log(help);
  const options = command.opts<Options>();
  const folder = mkdtempSync(join(realpathSync(os.tmpdir()), 'tf-idf-bench-'));
  const clear = (): void => rmSync(folder, { recursive: true, force: true });
  beforeEnd(clear);
  try {
    await measureAll(options, folder);
  } finally {
    clear();
  }
});

async function measureAll(options: Options, folder: string): Promise<void> {
  const rounds = readNumber('--rounds', options.rounds, { least: 1, most: 1_000, whole: true });
  const host = await readHost();
  if (!options.json) console.log(describeHost(host));
  const results: object[] = [];
  for (const task of list(options.task, TASKS, '--task')) {
    const contest = prepare(options, task, folder);
    const runs = await takeTurns(contest, rounds, options.json === true);
    results.push({ title: contest.title, bytes: contest.bytes, ways: Object.fromEntries(runs) });
    if (!options.json) console.log(`\n${contest.title}, ${rounds} rounds\n${tableOf(contest, runs)}`);
  }
  if (options.json) console.log(JSON.stringify({ host, results }, undefined, 2));
}

function prepare({ corpus, threads, peers, python, sizes }: Options, task: string, folder: string): Contest {
  const documents = corpus.flatMap(readCorpus);
  const child = fileURLToPath(new URL('./tf-idf/way-child.ts', import.meta.url));
  const node = (name: string, text: string, way: string) => ({
    name,
    start: () => new WayProcess(name, process.execPath, [child, text, way, task]),
  });
  const numbers = list(threads, undefined, '--threads').map((one) =>
    readNumber('--threads', one, { least: 1, whole: true }),
  );
  if (sizes !== undefined) {
    const ways = list(sizes, undefined, '--sizes').map((one) => {
      const text = join(folder, `${one}MB`);
      writeText(text, documents, 1e6 * readNumber('--sizes', one, { above: 0 }));
      return node(`${one} MB`, text, String(numbers[0]));
    });
    return { title: `${corpus.join(', ')} in several sizes, ${task}, ${numbers[0]} threads`, bytes: NaN, ways };
  }
  const text = join(folder, 'text');
  writeText(text, documents);
  const program = fileURLToPath(new URL('./tf-idf/way.py', import.meta.url));
  return {
    title: `${corpus.join(', ')}: ${task}`,
    bytes: documents.reduce((sum, document) => sum + Buffer.byteLength(document), 0),
    ways: [
      ...(python === ''
        ? []
        : [{ name: 'scikit-learn', start: () => new WayProcess('scikit-learn', python, [program, text, task]) }]),
      ...numbers.map((count) => node(count === 1 ? '1 thread' : `${count} threads`, text, String(count))),
      ...(task === 'defaults' ? list(peers, PEERS, '--peers').map((peer) => node(peer, text, peer)) : []),
    ],
  };
}

function readCorpus(name: string): string[] {
  if (name === 'brown') return readBrown();
  if (name === 'spam') return readSpam();
  try {
    return readFileSync(name, 'utf8').split('\n');
  } catch (error) {
    throw new UsageError(
      `Expected --corpus to be 'brown', 'spam' or a file, got '${name}': ${(error as Error).message}`,
    );
  }
}

function list(text: string, known: readonly string[] | undefined, option: string): string[] {
  const names = text.split(',').filter((name) => name !== '');
  const wrong = names.find((name) => known?.includes(name) === false);
  if (wrong !== undefined) throw new UsageError(`Expected ${option} to be of ${known!.join(', ')}, got '${wrong}'`);
  return names;
}

/** All ways run in turn in every round, after each has warmed up. */
async function takeTurns({ title, ways }: Contest, rounds: number, quiet: boolean): Promise<Map<string, Run[]>> {
  const screen = openScreen(quiet ? process.stderr : process.stdout);
  const processes: WayProcess[] = [];
  const runs = new Map(ways.map(({ name }) => [name, [] as Run[]]));
  const memory = new Map<string, number>(); // of one run, before the garbage of several adds up
  try {
    for (const { name, start } of ways) {
      screen.draw(`${title}: ${name} warms up`);
      const way = start();
      processes.push(way);
      const first = await way.run();
      memory.set(name, first.memory);
      for (let spent = first.ms; spent < WARM_UP_MS;) spent += (await way.run()).ms;
    }
    for (let round = 0; round < rounds; round++) {
      const first = round % ways.length;
      for (const way of [...processes.slice(first), ...processes.slice(0, first)]) {
        screen.draw(`${title}, round ${round + 1} of ${rounds}: ${way.name}`);
        runs.get(way.name)!.push({ ...(await way.run()), memory: memory.get(way.name)! });
      }
    }
  } finally {
    screen.close();
    for (const way of processes) way.close();
  }
  return runs;
}

/** Ratios are of the same round: what disturbs the machine disturbs both. Above 1 is faster than the first way. */
function tableOf({ bytes }: Contest, runs: ReadonlyMap<string, readonly Run[]>): string {
  const [first] = [...runs.values()];
  const rows = [...runs].map(([name, own]) => {
    const size = Number.isNaN(bytes) ? 1e6 * Number.parseFloat(name) : bytes;
    const base = Number.isNaN(bytes) ? 1e6 * Number.parseFloat([...runs.keys()][0]!) : bytes;
    const faster = (of: 'ms' | 'cpu'): string => {
      const { median, low, high } = medianInterval(own.map((one, n) => (first![n]![of] / base / one[of]) * size));
      return `${median.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
    };
    const { median } = medianInterval(own.map(({ ms }) => ms));
    return {
      way: name,
      ms: median.toFixed(0),
      'MB/s': (size / 1e3 / median).toFixed(1),
      'faster, wall': faster('ms'),
      'faster, CPU': faster('cpu'),
      MiB: own[0]!.memory.toFixed(0),
      entries: String(own[0]!.entries),
    };
  });
  return table(rows, ['ms', 'MB/s', 'faster, wall', 'faster, CPU', 'MiB', 'entries']);
}
