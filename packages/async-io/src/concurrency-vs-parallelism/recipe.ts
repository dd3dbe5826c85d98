// Claim      Tasks that wait are all under way at once on one thread, which is idle meanwhile. Tasks that compute take
//            turns there, one at a time; only on two threads are two of them computed at the same time.
// Mechanism  Concurrency is to have several tasks begun and not yet ended; parallelism is to work on several at the same
//            instant. A task that awaits leaves the thread to the others; one that computes keeps it to its end.
// Use when   you choose between async and threads: ask what a task does for most of its time, wait or compute.
// Do not     expect async to speed up computing, nor threads to shorten a wait. Two threads on one core are concurrent, too,
//            and not parallel.
// Run        pnpm tsx packages/async-io/src/main.ts concurrency-vs-parallelism

import { setTimeout as sleep } from 'node:timers/promises';
import { Piscina } from 'piscina';
import { now } from '@cookbook/lab/task';
import type { LaneReport, Unit } from '@cookbook/lab/task';
import compute from './compute-task.ts';

/** From when to when something was done for a task: ms on the clock that all threads share. */
export type Span = Pick<LaneReport, 'started' | 'ended'>;

/** All the tasks at once, on this thread: each waits for so many ms. */
export function waitOnOneThread(tasks: number, ms: number): Promise<Span[]> {
  const wait = async (): Promise<Span> => {
    const started = now();
    await sleep(ms);
    return { started, ended: now() };
  };
  return Promise.all(Array.from({ length: tasks }, wait));
}

/** All the tasks at once, on this thread: each computes. The call looks as concurrent as the one above. */
export function computeOnOneThread(units: readonly Unit[]): Promise<LaneReport[]> {
  return Promise.all(
    units.map(async (unit) => {
      await sleep(0); // as a task that has just been told what to compute
      return compute(unit);
    }),
  );
}

/** Threads, each of which computes one task at a time. */
export function openThreads(threads: number) {
  const pool = new Piscina<Unit, LaneReport>({
    filename: new URL('./compute-task.ts', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    execArgv: [],
  });
  return {
    run: (units: readonly Unit[]): Promise<LaneReport[]> => Promise.all(units.map((unit) => pool.run(unit))),
    close: (): Promise<void> => pool.destroy(),
  };
}

/** The most spans that hold the same instant. One that ends where another starts does not overlap it. */
export function mostAtOnce(spans: readonly Span[]): number {
  const changes = spans.flatMap(({ started, ended }) => [
    { at: started, by: 1 },
    { at: ended, by: -1 },
  ]);
  let [inside, most] = [0, 0];
  for (const { by } of changes.toSorted((a, b) => a.at - b.at || a.by - b.by)) {
    inside += by;
    most = Math.max(most, inside);
  }
  return most;
}
