#!/usr/bin/env node
// The command.

import { beforeEnd, run, UsageError } from '@cookbook/lab/command';
import { drawCores, openScreen } from '@cookbook/lab/show';
import { readRequest } from './cli/arguments.ts';
import type { Request } from './cli/arguments.ts';
import { ColumnError, DataError, noNumber, openInput, quote, readCells } from './cli/cells.ts';
import type { Cell } from './cli/cells.ts';
import { drawFound, drawLive, foundToJson, liveToJson } from './cli/draw.ts';
import { extentAsync } from './extremes/streams.ts';
import { watchLoad } from './monitoring/cpu-load.ts';

/** The line of progress is worth its while from here on. */
const PROGRESS_AFTER_MS = 2_000;

type Of<Task> = Extract<Request, { task: Task }>;

await run(async (argv) => {
  const request = readRequest(argv);
  if (typeof request === 'string') return console.log(request);
  try {
    await (request.task === 'file' ? findInFile(request) : watch(request));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof ColumnError) throw new UsageError(message);
    if (request.task === 'file' && code !== undefined && /^E[A-Z]+$/.test(code)) {
      throw new UsageError(`Expected a file that can be read, got ${quote(request.path)} (${code})`);
    }
    if (!(error instanceof DataError)) throw error;
    console.error(message);
    process.exitCode = 1;
  }
});

async function findInFile({ path, nan, column, json }: Of<'file'>): Promise<void> {
  const screen = openScreen(process.stdout);
  beforeEnd(() => screen.close());
  const start = performance.now();
  const seen = { values: 0, gaps: 0 };
  const cells = async function* (): AsyncGenerator<Cell> {
    for await (const cell of readCells(openInput(path), column)) {
      const gap = Number.isNaN(cell.value);
      if (gap && nan === 'throw')
        throw noNumber(`${quote(cell.text)}; --nan ignore passes over it`, cell.line, column.name);
      seen[gap ? 'gaps' : 'values'] += 1;
      if (!json && seen.values % 16_384 === 0 && performance.now() - start > PROGRESS_AFTER_MS) {
        screen.draw(`${seen.values.toLocaleString('en-US')} values`);
      }
      yield cell;
    }
  };
  try {
    const found = await extentAsync(cells(), { key: ({ value }) => value, nan, default: undefined });
    screen.close();
    if (found === undefined)
      throw new DataError(
        `Expected at least one value${column.name === undefined ? '' : ` in column ${quote(column.name)}`}, got none`,
      );
    const [least, most] = found;
    const result = { ...seen, least, most, column: column.name };
    console.log(json ? foundToJson(result) : drawFound(result));
  } finally {
    screen.close();
  }
}

async function watch({ json, ...options }: Of<'live'>): Promise<void> {
  const screen = openScreen(process.stdout);
  beforeEnd(() => screen.close());
  const found = await watchLoad({
    ...options,
    onSample: (samples) => json || screen.draw(drawCores(samples, screen.columns).join('\n')),
  }).finally(() => screen.close());
  console.log(json ? liveToJson(found) : drawLive(found, options, screen.columns));
}
