// The recipe as a command: a photograph in, its edges out.

import { access } from 'node:fs/promises';
import path from 'node:path';
import { formatNumber } from '@cookbook/lab/claim';
import { readNumber, run, UsageError } from '@cookbook/lab/command';
import { usableCores } from '@cookbook/lab/host';
import { openScreen } from '@cookbook/lab/show';
import type { Raster } from '../../raster.ts';
import { loadPhoto, readPicture, writePng } from '../photo.ts';
import { openTimedFilter } from '../timed-filter.ts';
import { HELP, readArguments } from './arguments.ts';

await run(async (argv) => {
  const { help, out, lanes: text, inProcess, ...given } = readArguments(argv);
  if (help) return console.log(HELP);
  if (out === undefined) throw new UsageError('Expected --out <file>, the PNG file to write');
  const lanes = text === undefined ? usableCores() : readNumber('--lanes', text, { least: 1, most: 256, whole: true });
  await expectFolder(out);

  const screen = openScreen(process.stdout);
  screen.draw('… reading the picture');
  const picture = await readInput(given.in);
  screen.draw('… filtering');
  const timed = openTimedFilter(inProcess ? 'processes' : 'threads', lanes);
  try {
    const { picture: edges, wall, cpu, outside } = await timed.filter(picture);
    screen.draw('… writing');
    await writePng(edges, out);
    const kind = `${inProcess ? 'process' : 'thread'}${lanes === 1 ? '' : inProcess ? 'es' : 's'}`;
    screen.print(
      `${picture.width} x ${picture.height} pixels by ${lanes} ${kind}: ${formatNumber(wall)} ms, ` +
        `CPU time of the filter ${formatNumber(cpu)} ms, ${Math.round(100 * outside)} % of the time outside it; ${out}`,
    );
  } finally {
    await timed.close();
    screen.close();
  }
});

async function readInput(file: string | undefined): Promise<Raster> {
  if (file === undefined) return loadPhoto(12);
  try {
    return await readPicture(file);
  } catch (error) {
    throw new UsageError(`Expected --in to be a picture, got '${file}': ${(error as Error).message.split('\n')[0]}`);
  }
}

/** Checked before the work rather than after it. */
async function expectFolder(file: string): Promise<void> {
  const folder = path.dirname(path.resolve(file));
  try {
    await access(folder);
  } catch {
    throw new UsageError(`Expected --out to be a file in a folder that is there, got '${file}'`);
  }
}
