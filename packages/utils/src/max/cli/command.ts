// The whole command. What only one of its two tasks needs is loaded by that one.

import { run } from '@cookbook/lab/command';
import { DataError } from '../rows/errors.ts';
import { readRequest } from './arguments.ts';

/** Runs the command with the arguments of this process, and sets its exit status. */
export function command(): Promise<void> {
  return run(async (argv) => {
    const request = readRequest(argv);
    if (typeof request === 'string') return console.log(request);
    try {
      if (request.task === 'live') await (await import('./watch.ts')).watch(request);
      else await (await import('./find-in-files.ts')).findInFiles(request);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      console.error(error.message);
      process.exitCode = 1;
    }
  });
}
