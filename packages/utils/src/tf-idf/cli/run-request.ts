// A request of the command line, read and run. What a task does not need is not loaded for it.

import { run } from '@cookbook/lab/command';
import { readRequest } from './arguments.ts';

/** Runs the command with the arguments of this process, and sets its exit status. */
export async function runRequest(): Promise<void> {
  await run(async (argv) => {
    const request = readRequest(argv);
    if (typeof request === 'string') console.log(request);
    else process.exitCode = await runTask(request);
  });
}

async function runTask(request: Exclude<ReturnType<typeof readRequest>, string>): Promise<number> {
  if (request.task === 'search') return (await import('./search-command.ts')).search(request);
  if (request.task === 'index') return (await import('./index-command.ts')).index(request);
  return (await import('./scores-command.ts')).scores(request);
}
