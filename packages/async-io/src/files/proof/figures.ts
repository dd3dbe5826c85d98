// The figures of this claim, with their bounds.

import { counted, formatNumber, medianInterval, sampled } from '@cookbook/lab/claim';
import type { Bound, Figure, LinePlot } from '@cookbook/lab/claim';
import type { FewDescriptors } from './few-descriptors-child.ts';
import { PRODUCTS, WATCHED, WAYS } from './measure.ts';
import type { Cost, Costs, Stops, Sweep, Way } from './measure.ts';
import type { Product } from './recipe.ts';

/**
 * Least CPU time as a multiple of the synchronous read's. Wall time is told and not judged: where neighbours take the
 * cores, what is limited loses its second one, and one file after another takes hardly longer.
 */
const DEARER: Readonly<Partial<Record<Way, number>>> = { limited: 1.1, 'in sequence': 1.3, streamed: 2 };
/** A stopped loop shows the whole of the reading... */
const STOPPED = 0.85;
/** ...a live one a part of it: the longest turn is the one that hands out all the files. */
const LIVE = 0.5;

const PRODUCT_WORDS: Readonly<Record<Product, string>> = { digest: 'hashed', length: 'not hashed' };
const CLOCKS: Readonly<Record<keyof Cost, string>> = { wall: 'time', cpu: 'CPU time' };

/** Ratios of slices that were read one after the other; the bounded ones are judged. */
export function ratioFigures(costs: Costs): Figure[] {
  const ratio = (of: keyof Cost, product: Product, a: Way, b: Way, bound?: Bound): Figure => {
    const ratios = costs[product][a].map((cost, slice) => cost[of] / costs[product][b][slice]![of]);
    return sampled(`${CLOCKS[of]} ${a} / ${b}, ${PRODUCT_WORDS[product]}`, ratios, 'x', bound);
  };
  const others = WAYS.filter((way) => way !== 'sync');
  return PRODUCTS.flatMap((product) => [
    ...others.map((way) => {
      const least = DEARER[way];
      return ratio('cpu', product, way, 'sync', least === undefined ? undefined : { least });
    }),
    ...others.map((way) => ratio('wall', product, way, 'sync')),
    ratio('wall', product, 'in sequence', 'limited'),
  ]);
}

export function stopFigures(stops: Stops): Figure[] {
  return WATCHED.flatMap((way) => {
    const name = `longest stop of the event loop`;
    const bound = way === 'sync' ? { least: STOPPED } : { most: LIVE };
    return [
      sampled(
        `${name} / time, ${way}`,
        stops[way].map(({ share }) => share),
        'x',
        bound,
      ),
      sampled(
        `${name}, ${way}`,
        stops[way].map(({ max }) => max),
        'ms',
      ),
    ];
  });
}

export function descriptorFigures(few: FewDescriptors, expected: readonly string[]): Figure[] {
  const name = `${expected.length} files, ${few.allowed} descriptors:`;
  return [
    counted(`${name} streams at once that fail with EMFILE`, few.refused, 'files', { least: 1 }),
    counted(`${name} readFile at once that fails with it`, few.refusedWhole, 'files'),
    counted(`${name} skipped or wrong under a limit`, unlike(few.limited, expected), 'files', { most: 0 }),
    counted(`${name} skipped or wrong with a retry`, unlike(few.patient, expected), 'files', { most: 0 }),
    counted(`${name} retries`, few.retries, 'times', { least: 1 }),
  ];
}

/** How many are not as expected, the missing ones and those that are too many included. */
export function unlike(digests: readonly string[], expected: readonly string[]): number {
  const longer = Math.max(digests.length, expected.length);
  return Array.from({ length: longer }, (_, at) => digests[at] !== expected[at]).filter(Boolean).length;
}

/** us of wall time for a file, of slices of so many files. */
export function timeFigures(costs: Costs, size: number): Figure[] {
  return PRODUCTS.flatMap((product) =>
    WAYS.map((way) => {
      const micros = costs[product][way].map(({ wall }) => (1_000 * wall) / size);
      return sampled(`a file ${way}, ${PRODUCT_WORDS[product]}`, micros, 'us');
    }),
  );
}

export function headlineOf(costs: Costs, stops: Stops): string {
  const wall = (way: Way): number => medianInterval(costs.digest[way].map((cost) => cost.wall)).median;
  const ratios = WAYS.slice(1).map((way) => `${way} ${formatNumber(wall(way) / wall('sync'))}x`);
  const longest = WATCHED.map((way) => {
    const { median } = medianInterval(stops[way].map(({ max }) => max));
    return `${way} ${median.toFixed(0)} ms`;
  });
  return `time of the synchronous read: ${ratios.join(', ')}; longest stop of the event loop: ${longest.join(', ')}`;
}

/** '458 of 500 streams at once fail with EMFILE, 0 with a limit, 0 with a retry' */
export function crowdHeadline(few: FewDescriptors, expected: readonly string[]): string {
  const [limited, patient] = [unlike(few.limited, expected), unlike(few.patient, expected)];
  return `${few.refused} of ${expected.length} streams at once fail with EMFILE, ${limited} with a limit, ${patient} with a retry`;
}

export function sweepPlot(sweep: Sweep): LinePlot {
  const points = sweep.map(({ limit, micros }) => ({ x: limit, y: Number(micros.toFixed(2)) }));
  return {
    kind: 'lines',
    title: 'Reading and hashing small files: time for each by how many at once',
    x: { label: 'files at once', unit: 'count', scale: 'log' },
    y: { label: 'a file', unit: 'us', scale: 'linear' },
    series: [{ name: 'readFile through p-limit', points }],
  };
}
