// A worker that sums, with a stopwatch: how long the posting kept this thread busy, and when the answer was there.

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { waitingTime } from '@cookbook/lab/task';
import { sumOfColumns, sumOfSales, transferList } from '../recipe.ts';
import type { Columns, Sale } from '../recipe.ts';

export interface Summed {
  readonly sums: readonly number[];
  /** ms of this thread until `postMessage` returned, or the sum was made inline; its waits for a core are taken off. */
  readonly blocked: number;
  /** ms until the sum was there. */
  readonly total: number;
}

/** A stopwatch: all of the time, and without that for which this thread had no core, where the system says how long that was. */
function startWatch(): () => { blocked: number; total: number } {
  const waitedBefore = waitingTime() ?? 0;
  const start = performance.now();
  return () => {
    const total = performance.now() - start;
    return { blocked: Math.max(0, total - ((waitingTime() ?? 0) - waitedBefore)), total };
  };
}

/** Sums on this thread. */
export function sumInline(sales: readonly Sale[] | Columns): Summed {
  const stop = startWatch();
  const sums = 'cents' in sales ? sumOfColumns(sales) : sumOfSales(sales);
  return { sums, ...stop() };
}

export interface Summer {
  /** Posts records, which are cloned, or columns, which are transferred or shared. */
  sum(sales: readonly Sale[] | Columns): Promise<Summed>;
  close(): Promise<void>;
}

export function openSummer(): Summer {
  const thread = new Worker(new URL('./worker.ts', import.meta.url), { execArgv: [] });
  return {
    async sum(sales) {
      const transfer = 'cents' in sales ? transferList(sales) : [];
      const answer = once(thread, 'message');
      const start = performance.now();
      const stop = startWatch();
      thread.postMessage(sales, transfer);
      const { blocked } = stop();
      const [sums] = (await answer) as [number[]];
      return { sums, blocked, total: performance.now() - start };
    },
    async close() {
      await thread.terminate();
    },
  };
}

/** Sales that are the same on every machine. */
export function makeSales(count: number): Sale[] {
  return Array.from({ length: count }, (_, id) => ({
    id,
    customer: { name: `customer ${id % 997}`, city: `city ${id % 89}` },
    region: id % 8,
    cents: (id * 7_919) % 10_000,
    tags: id % 3 === 0 ? ['new', 'web'] : ['shop'],
  }));
}

/** The same columns in memory of a single owner. */
export function copyOf({ region, cents }: Columns): Columns {
  return { region: new Uint8Array(region), cents: new Int32Array(cents) };
}
