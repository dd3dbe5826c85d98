#!/usr/bin/env node
// The command.

import { darkScreen } from '@cookbook/lab/claim';
import { beforeEnd, run } from '@cookbook/lab/command';
import { openScreen } from '@cookbook/lab/show';
import { readRequest } from './cli/arguments.ts';
import { index, scores, search } from './cli/commands.ts';
import type { CommandContext } from './cli/commands.ts';

/** The line of progress is worth its while from here on. */
const PROGRESS_AFTER_MS = 2_000;
/** So often it is drawn: every document would be more than anybody reads. */
const PROGRESS_EVERY = 256;

await run(async (argv) => {
  const request = readRequest(argv);
  if (typeof request === 'string') return console.log(request);
  const screen = request.json ? { ...darkScreen, close() {} } : openScreen(process.stdout);
  beforeEnd(() => screen.close());
  const start = performance.now();
  const context: CommandContext = {
    screen,
    options: {
      onDocument(documents) {
        if (documents % PROGRESS_EVERY > 0 || performance.now() - start < PROGRESS_AFTER_MS) return;
        screen.draw(`${documents.toLocaleString('en-US')} documents read`);
      },
    },
  };
  try {
    if (request.task === 'search') process.exitCode = await search(request, context);
    else if (request.task === 'index') process.exitCode = await index(request, context);
    else process.exitCode = await scores(request, context);
  } finally {
    screen.close();
  }
});
