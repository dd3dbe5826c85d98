// How long the command max takes for a column of CSV, beside awk and Python's csv; and what of that is start-up. Not a test:
// figures of one machine. All commands run in turn in one run, their order shifts by the round, and a ratio is of one round.

import { availableParallelism } from 'node:os';
import { medianInterval } from '@cookbook/lab/claim';
import { beforeEnd, parse, readNumber, run } from '@cookbook/lab/command';
import { readHost } from '@cookbook/lab/host';
import { describeHost, openScreen, table } from '@cookbook/lab/show';
import { Command } from 'commander';
import { commandsOf, runCommand, startsOf } from './max/commands.ts';
import type { ComparedCommand } from './max/commands.ts';
import { LARGEST, makeCsv } from './max/csv-file.ts';

interface Options {
  readonly rows: string;
  readonly rounds: string;
  readonly threads: string;
  readonly json?: true;
}

type Interval = ReturnType<typeof medianInterval>;

/** The times of one command. */
interface Result {
  readonly command: string;
  readonly seconds: Interval;
  /** Time of the first command / time of this one, round by round. */
  readonly ratio: Interval;
}

await run(async (argv) => {
  const command = new Command('pnpm tsx packages/utils/bench/max-command.ts')
    .description('Times max for a column of CSV: whole commands, beside awk and Python.')
    .option('--rows <n>', 'rows of the file that is made, searched and removed', '2000000')
    .option('--rounds <n>', 'rounds, after one that is not counted', '15')
    .option('--threads <n>', 'threads of the parallel search', String(Math.max(2, availableParallelism())))
    .option('--json', 'print one JSON object and nothing else');
  const help = parse(command, argv);
  if (help !== undefined) return console.log(help);
  const options = command.opts<Options>();
  const rows = readNumber('--rows', options.rows, { least: 1, most: 1_000_000_000, whole: true });
  const rounds = readNumber('--rounds', options.rounds, { least: 1, most: 1_000, whole: true });
  const threads = readNumber('--threads', options.threads, { least: 1, most: 256, whole: true });

  const host = await readHost();
  const screen = openScreen(options.json ? process.stderr : process.stdout);
  const files = makeCsv(rows);
  beforeEnd(() => files.remove());
  try {
    const onRun = (frame: string): void => screen.draw(frame);
    const searches = await compare(commandsOf(threads), files.large, rounds, onRun);
    const starts = await compare(startsOf(), files.small, rounds, onRun);
    screen.close();
    const { bytes } = files;
    if (options.json) return console.log(JSON.stringify({ host, rows, bytes, rounds, searches, starts }));
    console.log(
      `${describeHost(host)}\n\n${rows.toLocaleString('en-US')} rows, ${(bytes / 1e6).toFixed(1)} MB, ${rounds} rounds`,
    );
    console.log(
      `${draw(searches, 'max / this')}\n\nStart-up: the same for a file of one row\n${draw(starts, 'node / this')}`,
    );
  } finally {
    screen.close();
    files.remove();
  }
});

async function compare(
  commands: readonly ComparedCommand[],
  file: string,
  rounds: number,
  onRun: (frame: string) => void,
): Promise<(Result | string)[]> {
  const times = new Map<string, number[]>(commands.map(({ name }) => [name, []]));
  const absent = new Set<string>();
  for (let round = -1; round < rounds; round++) {
    for (const index of commands.keys()) {
      const command = commands[(index + round + 1) % commands.length]!;
      if (absent.has(command.name)) continue;
      onRun(`round ${round + 1} of ${rounds}: ${command.name}`);
      const found = await runCommand(command, file);
      if (found === undefined) absent.add(command.name);
      else if (found.out !== '' && !found.out.includes(LARGEST)) {
        throw new Error(`Expected ${command.name} to find ${LARGEST}, got ${found.out}`);
      } else if (round >= 0) times.get(command.name)!.push(found.ms);
    }
  }
  const first = times.get(commands[0]!.name)!;
  return commands.map(({ name }) =>
    absent.has(name)
      ? name
      : {
          command: name,
          seconds: medianInterval(times.get(name)!.map((ms) => ms / 1_000)),
          ratio: medianInterval(times.get(name)!.map((ms, round) => first[round]! / ms)),
        },
  );
}

function draw(results: readonly (Result | string)[], ratio: string): string {
  const rows = results.flatMap((each) =>
    typeof each === 'string' ? [] : [{ command: each.command, seconds: show(each.seconds), [ratio]: show(each.ratio) }],
  );
  const absent = results.filter((each) => typeof each === 'string');
  return [table(rows, ['seconds', ratio]), ...absent.map((name) => `${name}: not on this machine`)].join('\n');
}

function show({ median, low, high }: Interval): string {
  return `${median.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
}
