#!/usr/bin/env node
// The command `pnpm distribute`: inputs as lines of JSON, outputs as lines of JSON.

import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { parse, readNumber, run, UsageError } from '@cookbook/lab/command';
import { openScreen } from '@cookbook/lab/show';
import { Command } from 'commander';
import { connectionOf } from '../queue/setting.ts';
import { distribute } from './distribute.ts';
import type { Distributed, Progress } from './distribute.ts';

const EXAMPLES = `
Examples:
  pnpm distribute tasks/resize.ts names.jsonl --connection postgres://user:password@db.example/queue > sizes.jsonl
  seq 1000 | pnpm distribute tasks/square.ts --name squares

Each line of the output is {"index": 0, "output": ...} or {"index": 7, "error": "...", "attempts": 3}. The exit status is 1
where an input was given up. A run that has a --name, and did not end, goes on where the same command is started again.`;

interface DistributeOptions {
  readonly connection?: string;
  readonly name?: string;
  readonly batch: string;
  readonly ahead: string;
  readonly attempts: string;
  readonly tasks: string;
  readonly json?: true;
}

/** ms until it is worth saying how far a run is. */
const QUIET_MS = 2_000;

await run(
  async (argv) => {
    const command = new Command('distribute')
      .description('Maps a task over inputs, on every worker of a database.')
      .argument('<task>', 'a module whose default export turns an input into an output')
      .argument('[inputs]', 'a file with a line of JSON for each input; stdin unless given')
      .option('--connection <url>', 'postgres://... or redis://...; the variable MACHINES_CONNECTION unless given')
      .option('--name <name>', 'goes on with the run of that name, if one did not end')
      .option('--batch <n>', 'inputs a job, or auto', 'auto')
      .option('--ahead <n>', 'jobs that are not done at once', '16')
      .option('--attempts <n>', 'how often an input is tried', '3')
      .option('--tasks <folder>', 'the task is below it, here and on the workers', '.')
      .option('--json', 'one document: results, failed, resumed')
      .addHelpText('after', EXAMPLES);
    const help = parse(command, argv);
    if (help !== undefined) return console.log(help);
    const options = command.opts<DistributeOptions>();
    const [task, inputs] = command.args as [string, string | undefined];
    for (const file of [task, ...(inputs === undefined ? [] : [inputs])]) {
      await access(file).catch(() => {
        throw new UsageError(`Expected a file that can be read, got '${file}'`);
      });
    }
    const count = (name: 'ahead' | 'attempts' | 'batch'): number =>
      readNumber(`--${name}`, options[name], { least: 1, whole: true });
    const counts = {
      batch: options.batch === 'auto' ? ('auto' as const) : count('batch'),
      ahead: count('ahead'),
      attempts: count('attempts'),
    };
    const connection = connectionOf(options.connection);
    const screen = openScreen(process.stderr);
    const stop = new AbortController();
    for (const [signal, number] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
      ['SIGHUP', 129],
    ] as const) {
      process.once(signal, () => {
        process.exitCode = number;
        stop.abort(new UsageError('ended by a signal'));
      });
    }
    const started = performance.now();
    try {
      const distributed = await distribute(
        pathToFileURL(task),
        linesOf(inputs === undefined ? process.stdin : createReadStream(inputs)),
        {
          connection,
          ...counts,
          ...(options.name !== undefined && { name: options.name }),
          tasks: options.tasks,
          signal: stop.signal,
          onProgress: (progress) => performance.now() - started > QUIET_MS && screen.draw(wordsOf(progress)),
        },
      );
      screen.close();
      print(distributed, options.json ?? false);
      if (distributed.failed.length > 0) process.exitCode = 1;
    } catch (error) {
      screen.close();
      const status = process.exitCode;
      console.error((error as Error).message);
      process.exitCode = status ?? 2;
    }
  },
  { signals: 'its own' },
);

/** @throws UsageError with the number of the line that is no JSON */
async function* linesOf(stream: Readable): AsyncGenerator {
  let number = 0;
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
    number += 1;
    if (line.trim() === '') continue;
    try {
      yield JSON.parse(line);
    } catch {
      throw new UsageError(`Expected line ${number} of the inputs to be JSON, got '${line.slice(0, 40)}'`);
    }
  }
}

function wordsOf({ done, failed, resumed, total }: Progress): string {
  const of = total === undefined ? '' : ` of ${total}`;
  return `${done}${of} done, ${failed} failed${resumed > 0 ? `, ${resumed} of them before` : ''}`;
}

function print({ results, failed, resumed }: Distributed<unknown>, isDocument: boolean): void {
  if (isDocument) return console.log(JSON.stringify({ results, failed, resumed }, null, 2));
  const failures = new Map(failed.map((failure) => [failure.index, failure]));
  for (const [index, output] of results.entries()) {
    console.log(JSON.stringify(failures.get(index) ?? { index, output }));
  }
}
