// The heavy handler in its three forms, by name.

import { computingInline, computingInPool, waiting } from '../recipe.ts';
import type { Heavy } from '../recipe.ts';

export const HANDLERS = ['waiting', 'computing in a pool', 'computing inline'] as const;
export type Handler = (typeof HANDLERS)[number];

export interface HandlerOptions {
  /** The primes below it are counted. */
  readonly limit: number;
  /** For the handler that only waits: as long as the others compute, ms. */
  readonly ms: number;
  readonly threads: number;
}

export function makeHandler(handler: Handler, { limit, ms, threads }: HandlerOptions): Heavy {
  const made: Readonly<Record<Handler, () => Heavy>> = {
    waiting: () => waiting(ms),
    'computing in a pool': () => computingInPool(limit, threads),
    'computing inline': () => computingInline(limit),
  };
  return made[handler]();
}
