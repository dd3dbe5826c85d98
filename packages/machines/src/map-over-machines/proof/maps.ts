// Maps over one worker and over two, each a process of its own on this machine.

import { counted, counts, exactly } from '@cookbook/lab/claim';
import type { Context, Finding } from '@cookbook/lab/claim';
import { judgeWork, measureParallel, parallel } from '@cookbook/lab/speedup';
import type { Lanes } from '@cookbook/lab/speedup';
import { calibrate } from '@cookbook/lab/task';
import type { LaneReport, Unit } from '@cookbook/lab/task';
import { freshName } from '../../proof/database.ts';
import { startProcess } from '../../proof/worker-process.ts';
import { map } from '../recipe.ts';
import type { Input, Output } from './unit-task.ts';
import type { Settings } from './worker-child.ts';

const WORKERS = 2;
const INPUTS = 1_000;
/** ms of computing of each worker in a trial: half of the inputs. Long beside the ms that a batch costs. */
const UNIT_MS = 300;
const BATCH = 125;

/** Batches that each wait for another time, so that they do not end in their order. */
const ORDER_BATCH = 10;
const NOTHING: Unit = { kernel: 'primes', repeats: 0 };

/** So many workers, which map over a queue of their own. */
async function openWorkers(url: string, count: number) {
  const name = freshName('map');
  const module = new URL('./worker-child.ts', import.meta.url);
  const workers = await Promise.all(
    Array.from({ length: count }, () => startProcess(module, { url, name } satisfies Settings)),
  );
  return {
    map: (inputs: readonly Input[], batch: number) => map<Output & { report?: LaneReport }>(url, name, inputs, batch),
    async close(): Promise<void> {
      await Promise.all(workers.map((worker) => worker.end()));
    },
  };
}

/** The workers as the lab's lanes: each unit of work is its share of the inputs. */
async function workerLanes(url: string, count: number): Promise<Lanes> {
  const workers = await openWorkers(url, count);
  return {
    async run(units) {
      const inputs = units.flatMap((unit) => sharesOf(unit, INPUTS / WORKERS));
      const outputs = await workers.map(
        inputs.map((unit, n) => ({ n, unit, wait: 0 })),
        BATCH,
      );
      return outputs.flatMap(({ report }) => report ?? []);
    },
    close: () => workers.close(),
  };
}

/** A unit in so many parts, which together are the whole. */
function sharesOf({ kernel, repeats }: Unit, parts: number): Unit[] {
  return Array.from({ length: parts }, (_, part) => ({
    kernel,
    repeats: Math.floor(((part + 1) * repeats) / parts) - Math.floor((part * repeats) / parts),
  }));
}

/** How much faster two workers are than one. */
export async function measureWorkers(url: string, context: Context): Promise<Finding> {
  const unit = calibrate('primes', UNIT_MS);
  const speedup = await measureParallel({
    open: (count) => workerLanes(url, count),
    lanes: WORKERS,
    unit,
    context,
    trials: [3, 8],
  });
  const words = 'Two workers map 1,000 inputs {workers-observed} as fast as one.';
  return parallel('workers', 'two workers', speedup, words, judgeWork);
}

/** Where the results of batches stand that do not end in their order, and how many workers had a part in them. */
export async function countInOrder(url: string): Promise<Finding> {
  const workers = await openWorkers(url, WORKERS);
  try {
    const inputs = Array.from({ length: INPUTS }, (_, n) => ({ n, unit: NOTHING, wait: n % 40 === 0 ? 40 : 0 }));
    const outputs = await workers.map(inputs, ORDER_BATCH);
    const inPlace = outputs.filter(({ n }, index) => n === index).length;
    const pids = new Set(outputs.map(({ pid }) => pid));
    return counts(
      'All {in-place number} results stood at the place of their input.',
      counted('in-place', 'results at the place of their input', inPlace, 'results', exactly(INPUTS)),
      counted('workers', 'workers that had a part', pids.size, 'workers', exactly(WORKERS)),
    );
  } finally {
    await workers.close();
  }
}
