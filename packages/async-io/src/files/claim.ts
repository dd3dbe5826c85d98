import { allHold, counted, defineClaim, formatNumber, judgeIntervals } from '@cookbook/lab/claim';
import type { Context, Evidence, Figure } from '@cookbook/lab/claim';
import { withFolder } from '@cookbook/lab/cleanup';
import { unlessBusy, watchLoad } from '@cookbook/lab/host';
import { findSmallFiles, makeFiles, packagesFolder } from './corpus.ts';
import { ALLOWED, descriptorsLack, readWithFewDescriptors } from './few-descriptors.ts';
import {
  crowdHeadline,
  descriptorFigures,
  headlineOf,
  ratioFigures,
  stopFigures,
  sweepPlot,
  timeFigures,
  unlike,
} from './figures.ts';
import { sweepLimits, timeSlices, watchLoop, WAYS, waysWith } from './measure.ts';
import { openReader } from './reader.ts';
import { readSync } from './recipe.ts';
import type { Product } from './recipe.ts';

const FILES = 10_000;
const MADE = 2_000;
/** From 12 on, the interval of a median leaves out the two most extreme at either end. */
const SLICES = 12;
const ROUNDS = 3;
/** Files for the process with few descriptors: many times what it may open. */
const CROWD = 500;

interface FilesEvidence extends Evidence {
  readonly timed: readonly Figure[];
  readonly counts: readonly Figure[];
  /** Share of all cores' time that was busy, from 0 to 1. */
  readonly load: number | undefined;
}

export default defineClaim<FilesEvidence>({
  id: 'async-io/files',
  says: 'Use threads for file operations.',
  from: ['MM', 'QA'],
  answer:
    'Not for speed, where the files are small and in the cache: 10,000 of them cost the least CPU time when they are read synchronously, at least 1.1 times that with a limit, 1.3 times one `await` after another, and twice as streams. What a limit, or a worker, buys is an event loop that turns. Where descriptors run out, a limit or a retry reads every file all the same.',

  async measure(context: Context) {
    return await withFolder('cookbook-files', async (folder) => {
      const reader = openReader();
      try {
        return await measureAll(context, waysWith(reader), folder);
      } finally {
        await reader.close();
      }
    });
  },

  judge: ({ timed, counts, load }) => allHold([unlessBusy(judgeIntervals(timed), load), judgeIntervals(counts)]),
});

async function measureAll(context: Context, read: ReturnType<typeof waysWith>, folder: string): Promise<FilesEvidence> {
  context.screen.draw('… files: finds and makes them');
  const found = findSmallFiles(packagesFolder(), FILES - MADE);
  const made = await makeFiles(folder, FILES - found.length);
  const files = [...found, ...made.map(({ file }) => file)];
  // Reads them into the system's cache too. The made ones are known from memory: the reader below all others is checked.
  const expected = { digest: readSync(files, 'digest'), length: readSync(files, 'length') };
  const check = checkAgainst(files, expected);
  for (const way of WAYS) await read[way](files.slice(0, 500), 'digest'); // compiled, and the pool's threads started

  const loadSince = watchLoad();
  const size = Math.ceil(files.length / SLICES);
  const slices = Array.from({ length: SLICES }, (_, index) => files.slice(index * size, (index + 1) * size));
  const costs = await timeSlices(read, slices, check, context);
  const stops = await watchLoop(read, files, ROUNDS, context);
  const load = loadSince();
  const sweep = await sweepLimits(slices[0]!, context);

  context.screen.draw(`… files: ${CROWD} in a process that may open ${ALLOWED}`);
  const lack = descriptorsLack();
  const few = lack === undefined ? await readWithFewDescriptors(files.slice(0, CROWD), context.signal) : undefined;

  const crowd = expected.digest.slice(0, CROWD);
  const written = made.map(({ digest }) => digest);
  const wrong = unlike(expected.digest.slice(found.length), written);
  const timed = [...ratioFigures(costs), ...stopFigures(stops)];
  const counts = [
    counted('made files whose digest is not that of what was written', wrong, 'files', { most: 0 }),
    ...(few ? descriptorFigures(few, crowd) : []),
  ];
  return {
    timed,
    counts,
    load,
    headline: [headlineOf(costs, stops), few ? crowdHeadline(few, crowd) : ''].filter(Boolean).join('; '),
    figures: [...timed, ...counts, ...timeFigures(costs, size)],
    notes: [
      `${formatNumber(found.length)} files of installed packages and ${formatNumber(made.length)} made ones, each up to 64 KiB, all in the system's cache; 32 at a time where limited. Every digest and length was compared with that of a synchronous read.`,
      `A file by how many at once: ${sweep.map(({ limit, micros }) => `${limit}: ${formatNumber(micros)} us`).join(', ')}.`,
      ...(lack === undefined ? [] : [`Running out of descriptors cannot be shown here: ${lack}.`]),
    ],
    plots: [sweepPlot(sweep)],
  };
}

/** @returns a function that throws where a product differs, or is missing */
function checkAgainst(files: readonly string[], expected: Readonly<Record<Product, readonly string[]>>) {
  const indexes = new Map(files.map((file, index) => [file, index]));
  return (products: readonly string[], read: readonly string[], product: Product): void => {
    const wrong = read.find((file, at) => products[at] !== expected[product][indexes.get(file)!]);
    if (wrong !== undefined || products.length !== read.length) {
      throw new Error(`Expected the ${product} of ${read.length} files, got ${products.length}, wrong: ${wrong}`);
    }
  };
}
