// The same files read in every way: how long each takes, and how much CPU time.

import { median } from '@cookbook/lab/claim';
import type { Context } from '@cookbook/lab/claim';
import { measure } from '@cookbook/lab/host';
import { readInSequence, readLimited, readSync, streamLimited } from '../recipe.ts';
import type { Product } from '../recipe.ts';
import type { Corpus } from './corpus.ts';

export const WAYS = ['sync', 'limited', 'in sequence', 'streamed'] as const;
export type Way = (typeof WAYS)[number];
export const PRODUCTS = ['digest', 'length'] as const;
/** From 12 on, the interval of a median leaves out the two most extreme at either end. */
const SLICES = 12;

type Read = (files: readonly string[], product: Product) => Promise<string[]>;

export const READ: Readonly<Record<Way, Read>> = {
  sync: async (files, product) => readSync(files, product),
  limited: readLimited,
  'in sequence': readInSequence,
  streamed: streamLimited,
};

/** What reading one slice took, ms. CPU time is that of the process: libuv's pool included. */
export interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

export type Costs = Readonly<Record<Product, Readonly<Record<Way, readonly Cost[]>>>>;

/** The files of a corpus in twelve slices. */
export function slicesOf({ files }: Pick<Corpus, 'files'>): (readonly string[])[] {
  const size = Math.ceil(files.length / SLICES);
  return Array.from({ length: SLICES }, (_, index) => files.slice(index * size, (index + 1) * size));
}

/**
 * Each slice of the files read in every way, one way after another, the order turned by one from slice to slice. What is
 * read is checked.
 *
 * @returns the cost of each slice
 */
export async function timeSlices(
  corpus: Pick<Corpus, 'files' | 'expected'>,
  slices: readonly (readonly string[])[],
  { signal, screen }: Context,
): Promise<Costs> {
  const check = checkAgainst(corpus);
  for (const way of WAYS) await READ[way](corpus.files.slice(0, 500), 'digest'); // compiled, and the pool's threads started
  const costs = { digest: noCosts(), length: noCosts() };
  for (const [index, files] of slices.entries()) {
    for (const product of PRODUCTS) {
      for (const way of [...WAYS.slice(index % WAYS.length), ...WAYS.slice(0, index % WAYS.length)]) {
        signal.throwIfAborted();
        screen.draw(`… files: part ${index + 1} of ${slices.length}, ${way}`);
        const { wall, cpu } = await measure(
          () => READ[way](files, product),
          (products) => check(products, files, product),
        );
        costs[product][way].push({ wall, cpu });
      }
    }
  }
  return costs;
}

/** @returns a function that throws where a product differs, or is missing */
function checkAgainst({ files, expected }: Pick<Corpus, 'files' | 'expected'>) {
  const indexes = new Map(files.map((file, index) => [file, index]));
  return (products: readonly string[], read: readonly string[], product: Product): void => {
    const wrong = read.find((file, at) => products[at] !== expected[product][indexes.get(file)!]);
    if (wrong !== undefined || products.length !== read.length) {
      throw new Error(`Expected the ${product} of ${read.length} files, got ${products.length}, wrong: ${wrong}`);
    }
  };
}

function noCosts(): Record<Way, Cost[]> {
  return Object.fromEntries(WAYS.map((way) => [way, [] as Cost[]])) as Record<Way, Cost[]>;
}

/** us of wall time for a file by how many are read at once, the median of three rounds. */
export type Sweep = readonly { readonly limit: number; readonly micros: number }[];

/** Reads the files with 1 to 128 of them at once. */
export async function sweepLimits(files: readonly string[], { signal, screen }: Context): Promise<Sweep> {
  const samples = new Map([1, 2, 4, 8, 16, 32, 64, 128].map((limit) => [limit, [] as number[]]));
  for (let round = 0; round < 3; round++) {
    for (const [limit, micros] of samples) {
      signal.throwIfAborted();
      screen.draw(`… files: ${limit} at a time`);
      const start = performance.now();
      await readLimited(files, 'digest', limit);
      micros.push((1_000 * (performance.now() - start)) / files.length);
    }
  }
  return [...samples].map(([limit, micros]) => ({ limit, micros: median(micros) }));
}
