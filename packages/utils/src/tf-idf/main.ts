#!/usr/bin/env node
// The command. What a task does not need is not loaded for it.

import { run } from '@cookbook/lab/command';
import { readRequest } from './cli/arguments.ts';

await run(async (argv) => {
  const request = readRequest(argv);
  if (typeof request === 'string') console.log(request);
  else if (request.task === 'search') process.exitCode = await (await import('./cli/search-command.ts')).search(request);
  else if (request.task === 'index') process.exitCode = await (await import('./cli/index-command.ts')).index(request);
  else process.exitCode = await (await import('./cli/scores-command.ts')).scores(request);
});
