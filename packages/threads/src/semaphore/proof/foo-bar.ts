// FooBar and the permits, run for run: what the claim and its tests look at.

import { within } from '@cookbook/lab/race';
import type { LaneReport } from '@cookbook/lab/task';
import { openThreads } from '../../cpu-scaling/recipe.ts';
import { sharedWords } from '../../mutex/shared-words.ts';
import type { FooBarJob, FooBarWay } from './foo-bar-task.ts';
import { permitsMemory, permitsOut } from './permits-task.ts';
import type { PermitsJob } from './permits-task.ts';
import { Semaphore } from '../recipe.ts';

const TIME_LIMIT_MS = 20_000;

export interface Page {
  /** 'FooBarFooBar...', as it was printed. */
  readonly text: string;
  /** CPU time of both threads, in microseconds, for each turn. */
  readonly microsecondsPerTurn: number;
}

/** Starts the two threads of FooBar. */
export function openFooBar() {
  const lanes = openThreads<FooBarJob, LaneReport>(new URL('./foo-bar-task.ts', import.meta.url), 2);
  return {
    async run(way: FooBarWay, times: number): Promise<Page> {
      const words = sharedWords(3);
      const page = new Uint8Array(new SharedArrayBuffer(2 * times));
      const turns = [Semaphore.create(1).memory, Semaphore.create(0).memory] as const;
      const jobs = ([0, 1] as const).map((who) => ({ way, who, times, words, turns, page }));
      const reports = await within(lanes.run(jobs), TIME_LIMIT_MS, `FooBar by ${way}`);
      const cpu = reports.reduce((sum, report) => sum + report.cpu, 0);
      return {
        text: Array.from(page, (who) => ['Foo', 'Bar'][who]).join(''),
        microsecondsPerTurn: (cpu * 1e3) / page.length,
      };
    },
    close: () => lanes.close(),
  };
}

/** Lets `threads` threads take one of `permits` permits so many times; resolves with the most that were out at once. */
export async function mostPermitsOut(permits: number, threads: number, times: number): Promise<number> {
  const lanes = openThreads<PermitsJob, void>(new URL('./permits-task.ts', import.meta.url), threads);
  try {
    const words = permitsMemory();
    const job = { times, permits, threads, semaphore: Semaphore.create(permits).memory, words };
    const jobs = Array.from({ length: threads }, () => job);
    await within(lanes.run(jobs), TIME_LIMIT_MS, `the taking of ${permits} permits`);
    return permitsOut(words).most;
  } finally {
    await lanes.close();
  }
}

/** How many pairs of words, in the order of the page, are anything but Foo, then Bar. */
export function pairsOutOfTurn(text: string): number {
  return (text.match(/.{1,6}/g) ?? []).filter((pair) => pair !== 'FooBar').length;
}
