#!/usr/bin/env node
// The command `pnpm worker`: one on every machine that is to help.

import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parse, readNumber, run, UsageError } from '@cookbook/lab/command';
import { Command } from 'commander';
import { LEASE_MS } from '../queue/limits.ts';
import { connectionOf } from '../queue/setting.ts';
import { startWorker } from './worker.ts';

const EXAMPLES = `
Examples:
  pnpm worker --connection postgres://user:password@db.example/queue --lanes 4
  MACHINES_CONNECTION=redis://queue.example pnpm worker

SIGTERM and Ctrl-C drain: it takes no more jobs, finishes those it has, and ends with 0. A second signal ends it at once;
others then do again what it had.`;

interface WorkerOptions {
  readonly connection?: string;
  readonly lanes: string;
  readonly tasks: string;
  readonly lease: string;
}

await run(
  async (argv) => {
    const command = new Command('worker')
      .description('Takes jobs of every run on a database, until it is told to end.')
      .option('--connection <url>', 'postgres://... or redis://...; the variable MACHINES_CONNECTION unless given')
      .option('--lanes <n>', 'jobs at once, each in a process of its own', String(availableParallelism()))
      .option('--tasks <folder>', 'load only task files below it', '.')
      .option('--lease <ms>', 'a job whose worker is silent for so long is done by another', String(LEASE_MS))
      .addHelpText('after', EXAMPLES);
    const help = parse(command, argv);
    if (help !== undefined) return console.log(help);
    const options = command.opts<WorkerOptions>();
    if (!statSync(options.tasks, { throwIfNoEntry: false })?.isDirectory()) {
      throw new UsageError(`Expected --tasks to be a folder, got '${options.tasks}'`);
    }
    const lanes = readNumber('--lanes', options.lanes, { least: 1, most: 1_024, whole: true });
    const lease = readNumber('--lease', options.lease, { least: 500, most: 3_600_000, whole: true });
    const connection = connectionOf(options.connection);

    const worker = await startWorker({ connection, lanes, tasks: options.tasks, lease, onWord: say }).catch(
      (error: Error) => {
        throw new UsageError(error.message);
      },
    );
    say(`ready, lanes: ${lanes}`);
    process.send?.('ready');
    process.on('disconnect', () => process.exit(1)); // of a program that forked it, and is gone
    let isDraining = false;
    const drain = async (): Promise<void> => {
      if (isDraining) process.exit(130);
      isDraining = true;
      say('finishing its jobs');
      await worker.drain();
      say('done');
      process.exit(0);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void drain());
  },
  { signals: 'its own' },
);

function say(word: string): void {
  console.error(`worker ${process.pid}: ${word}`);
}
