// How fast the largest of many doubles is found, by one thread, by several over shared memory, by libraries and by numpy.
// Not a test: figures of one machine. All of them run in turn in one run, and their order shifts by the round.

import { availableParallelism } from 'node:os';
import { describeFigure, medianInterval } from '@cookbook/lab/claim';
import { parse, readNumber, run } from '@cookbook/lab/command';
import { readHost } from '@cookbook/lab/host';
import { describeHost, openScreen, table } from '@cookbook/lab/show';
import { measureParallel, speedupFigures, workerLanes } from '@cookbook/lab/speedup';
import { UNIT_MS } from '@cookbook/lab/task';
import { Command } from 'commander';
import { doubles, max, MaxThreads } from '../src/max/index.ts';
import { startNumpy } from './max/numpy.ts';
import { contestantsOf } from './max/contestants.ts';
import type { Contestant } from './max/contestants.ts';

interface Options {
  readonly values: string;
  readonly rounds: string;
  readonly threads: string;
  readonly python: string;
  readonly json?: true;
}

/** The largest value; all others are below 1. */
const LARGEST = 2;

await run(async (argv) => {
  const command = new Command('pnpm tsx packages/utils/bench/max.ts')
    .description('Times the largest of many doubles: one thread, several, libraries, numpy.')
    .option('--values <n>', 'doubles', '100000000')
    .option('--rounds <n>', 'rounds, after two that are not counted', '7')
    .option('--threads <n>', 'threads of the parallel search', String(Math.max(2, availableParallelism())))
    .option('--python <path>', "the Python whose numpy is tried; '' for none", 'python3')
    .option('--json', 'print one JSON object and nothing else');
  const help = parse(command, argv);
  if (help !== undefined) return console.log(help);
  const options = command.opts<Options>();
  const length = readNumber('--values', options.values, { least: 1_000, most: 1_000_000_000, whole: true });
  const rounds = readNumber('--rounds', options.rounds, { least: 1, most: 1_000, whole: true });
  const threads = readNumber('--threads', options.threads, { least: 1, most: 256, whole: true });

  const host = await readHost();
  const place = Math.floor(length * 0.7);
  const values = randomDoubles(length, place);
  await using lanes = new MaxThreads({ threads });
  const numpy = options.python === '' ? undefined : await startNumpy(options.python, length, place);
  const screen = openScreen(options.json ? process.stderr : process.stdout);
  const times = await timeAll(contestantsOf(values, lanes, numpy), rounds, (frame) => screen.draw(frame)).finally(() =>
    screen.close(),
  );
  await numpy?.[Symbol.asyncDispose]();

  const gigabytes = (length * Float64Array.BYTES_PER_ELEMENT) / 1e9;
  const results = [...times].map(([name, own]) => ({
    way: name,
    gigabytesPerSecond: medianInterval(own.map((ms) => (1_000 * gigabytes) / ms)),
    best: (1_000 * gigabytes) / Math.min(...own),
    ratioToOneThread: medianInterval(own.map((ms, round) => times.get('max, one thread')![round]! / ms)),
  }));
  const potential = await potentialSpeedup(values, threads);
  if (options.json) return console.log(JSON.stringify({ host, values: length, rounds, results, potential }));
  console.log(`${describeHost(host)}\n\n${length.toLocaleString('en-US')} doubles, ${rounds} rounds`);
  console.log(`${draw(results)}\n\n${potential.map(describeFigure).join('\n')}`);
});

async function timeAll(
  contestants: readonly Contestant[],
  rounds: number,
  onRun: (frame: string) => void,
): Promise<ReadonlyMap<string, number[]>> {
  const times = new Map(contestants.map(({ name }) => [name, [] as number[]]));
  for (let round = -2; round < rounds; round++) {
    for (const index of contestants.keys()) {
      const contestant = contestants[(index + round + 2) % contestants.length]!;
      onRun(`round ${Math.max(0, round + 1)} of ${rounds}: ${contestant.name}`);
      const { ms, found } = await contestant.run();
      if (found !== LARGEST) throw new Error(`Expected ${contestant.name} to find ${LARGEST}, got ${found}`);
      if (round >= 0) times.get(contestant.name)!.push(ms);
    }
  }
  return times;
}

/** The speedup of the threads if each had a core, by the lab's method, on the same doubles. */
async function potentialSpeedup(values: Float64Array, threads: number) {
  const part = values.subarray(0, Math.min(values.length, 8_000_000));
  const data = { values: part, largest: max(part) };
  const start = performance.now();
  max(part);
  const repeats = Math.max(1, Math.round(UNIT_MS / (performance.now() - start)));
  const speedup = await measureParallel({
    open: (count) => workerLanes(count, new URL('../src/max/proof/max-task.ts', import.meta.url), data),
    lanes: threads,
    unit: { kernel: 'primes', repeats },
    context: { budget: 5_000, signal: new AbortController().signal },
  });
  return speedupFigures(speedup, 'threads', `${threads} threads, ${part.length.toLocaleString('en-US')} doubles`);
}

type Interval = ReturnType<typeof medianInterval>;

interface Result {
  readonly way: string;
  readonly gigabytesPerSecond: Interval;
  /** GB/s of the quickest round: other programs can only lengthen a round. */
  readonly best: number;
  readonly ratioToOneThread: Interval;
}

function draw(results: readonly Result[]): string {
  const rows = results.map(({ way, gigabytesPerSecond, best, ratioToOneThread }) => ({
    way,
    'GB/s': show(gigabytesPerSecond),
    'best GB/s': best.toFixed(2),
    'speed, one thread = 1': show(ratioToOneThread),
  }));
  return table(rows, ['GB/s', 'best GB/s', 'speed, one thread = 1']);
}

function show({ median, low, high }: Interval): string {
  return `${median.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
}

/** Random doubles below 1 in shared memory, and the largest at `place`. */
function randomDoubles(length: number, place: number): Float64Array<SharedArrayBuffer> {
  const values = doubles(length);
  let state = 1;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    values[i] = state / 2 ** 31;
  }
  values[place] = LARGEST;
  return values;
}
