// The same files read in every way: what takes how long, and what it does to the event loop.

import { medianInterval } from '@cookbook/lab/claim';
import type { Context } from '@cookbook/lab/claim';
import { measure, measureEventLoopDelay } from '@cookbook/lab/host';
import { readInSequence, readLimited, readSync, streamLimited } from './recipe.ts';
import type { Product } from './recipe.ts';
import type { Reader } from './reader.ts';

export const WAYS = ['sync', 'sync in a worker', 'limited', 'in sequence', 'streamed'] as const;
export type Way = (typeof WAYS)[number];
export const PRODUCTS = ['digest', 'length'] as const;

type Read = (files: readonly string[], product: Product) => Promise<string[]>;

/** How each way reads; the worker is the caller's to end. */
export function waysWith(reader: Reader): Readonly<Record<Way, Read>> {
  return {
    sync: async (files, product) => readSync(files, product),
    'sync in a worker': (files, product) => reader.read(files, product),
    limited: readLimited,
    'in sequence': readInSequence,
    streamed: streamLimited,
  };
}

/** What reading one slice took, ms. CPU time is that of the process: libuv's pool and the worker included. */
export interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

export type Costs = Readonly<Record<Product, Readonly<Record<Way, readonly Cost[]>>>>;

/**
 * Each slice of the files read in every way, one way after another, the order turned by one from slice to slice.
 *
 * @param check throws where the products are not those of the files
 * @returns the cost of each slice
 */
export async function timeSlices(
  read: Readonly<Record<Way, Read>>,
  slices: readonly (readonly string[])[],
  check: (products: readonly string[], files: readonly string[], product: Product) => void,
  { signal, screen }: Context,
): Promise<Costs> {
  const costs = { digest: noCosts(), length: noCosts() };
  for (const [index, files] of slices.entries()) {
    for (const product of PRODUCTS) {
      for (const way of [...WAYS.slice(index % WAYS.length), ...WAYS.slice(0, index % WAYS.length)]) {
        signal.throwIfAborted();
        screen.draw(`… files: part ${index + 1} of ${slices.length}, ${way}`);
        const { wall, cpu } = await measure(
          () => read[way](files, product),
          (products) => check(products, files, product),
        );
        costs[product][way].push({ wall, cpu });
      }
    }
  }
  return costs;
}

function noCosts(): Record<Way, Cost[]> {
  return Object.fromEntries(WAYS.map((way) => [way, [] as Cost[]])) as Record<Way, Cost[]>;
}

/** us of wall time for a file by the limit, the median of three rounds. */
export type Sweep = readonly { readonly limit: number; readonly micros: number }[];

/** How many at once are worth it. */
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
  return [...samples].map(([limit, micros]) => ({ limit, micros: medianInterval(micros).median }));
}

interface Stop {
  /** Longest time between two turns of the event loop, ms. */
  readonly max: number;
  /** The same as a share of the time that the reading took. */
  readonly share: number;
}

export const WATCHED = ['sync', 'sync in a worker', 'limited'] as const satisfies readonly Way[];

export type Stops = Readonly<Record<(typeof WATCHED)[number], readonly Stop[]>>;

/** What reading all the files does to the event loop of this thread. */
export async function watchLoop(
  read: Readonly<Record<Way, Read>>,
  files: readonly string[],
  rounds: number,
  { signal, screen }: Context,
): Promise<Stops> {
  const stops = { sync: [] as Stop[], 'sync in a worker': [] as Stop[], limited: [] as Stop[] };
  for (let round = 0; round < rounds; round++) {
    for (const way of WATCHED) {
      signal.throwIfAborted();
      screen.draw(`… files: who stops the event loop? ${way}`);
      const { max, wall } = await measureEventLoopDelay(() => read[way](files, 'digest'));
      stops[way].push({ max, share: max / wall });
    }
  }
  return stops;
}
