// Claim      More requests in flight bring more answers a second up to what the server works on at once, 32 here: its knee.
//            Of 1,024 over half are refused.
// Mechanism  Beyond the knee a request only waits, and slows the others.
// Use when   choosing a limit: try 1, 2, 4 ..., and take the knee.
// Do not     try this on a server that others need.
// Copy       recipe.ts; npm: p-limit; Node 22 or newer
// Run        pnpm tsx packages/async-io/src/main.ts how-many-at-once

import { createHistogram } from 'node:perf_hooks';
import pLimit from 'p-limit';

/** What is asked for, and how often. A refusal is no answer, and is not asked for again. */
export interface Load {
  readonly requests: number;
  /** Makes the request of a number. */
  readonly ask: (number: number) => Promise<unknown>;
  /** Whether an error says that the server has no room, such as a status of 429 or 503. */
  readonly isRefusal: (error: unknown) => boolean;
}

/** What came of it. */
export interface LoadResult {
  readonly requests: number;
  readonly good: number;
  readonly refused: number;
  /** ms for all of them. */
  readonly wall: number;
  /** Latency of the good ones, ms. */
  readonly p50: number;
  readonly p99: number;
}

/** Starts each request when there is room for it. */
export type Limit = <T>(task: () => Promise<T>) => Promise<T>;

/** Makes the requests through a limit. Another failure than a refusal rejects, and no other request is made. */
export async function load({ requests, ask, isRefusal }: Load, limit: Limit): Promise<LoadResult> {
  const latencies = createHistogram();
  const failed = new AbortController();
  let refused = 0;
  const one = async (number: number): Promise<void> => {
    try {
      await limit(async () => {
        failed.signal.throwIfAborted(); // while it waited
        const start = performance.now();
        await ask(number).catch((error: unknown) => {
          if (!isRefusal(error)) failed.abort(error); // in here: once this function has ended, the limit begins the next
          throw error;
        });
        latencies.record(Math.max(1, Math.round((performance.now() - start) * 1_000)));
      });
    } catch {
      refused++; // or the load has failed, and this figure with it
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: requests }, (_, number) => one(number)));
  failed.signal.throwIfAborted();
  const wall = performance.now() - start;
  const [p50, p99] = [latencies.percentile(50) / 1_000, latencies.percentile(99) / 1_000];
  return { requests, good: requests - refused, refused, wall, p50, p99 };
}

/** Makes the requests with `limit` of them in flight. */
export async function loadAt(limit: number, requests: Load): Promise<LoadResult & { readonly limit: number }> {
  return { limit, ...(await load(requests, pLimit(limit))) };
}

/** Good answers a second. */
export function goodput({ good, wall }: Pick<LoadResult, 'good' | 'wall'>): number {
  return (1_000 * good) / wall;
}

/**
 * The smallest limit whose goodput is at least 90 % of the best one: from there on more requests in flight gain next to
 * nothing, and each of them waits.
 *
 * @throws RangeError where there is no point
 */
export function kneeOf(points: readonly { limit: number; good: number; wall: number }[]): number {
  const best = Math.max(...points.map(goodput));
  const knee = points.toSorted((a, b) => a.limit - b.limit).find((point) => goodput(point) >= 0.9 * best);
  if (!knee) throw new RangeError('Expected at least one point, got none');
  return knee.limit;
}
