// Claim      Tasks that wait all overlap on one thread; tasks that compute take turns there, and run two at a time on two
//            threads.
// Mechanism  `await` leaves the thread to other tasks; a computation keeps it to its end.
// Use when   choosing between async and threads: does a task mostly wait or compute?
// Do not     expect async to speed up computing, or threads to shorten waits.
// Copy       recipe.ts, threads.ts, ../fail-fast/recipe.ts; npm: piscina; Node 22 or newer
// Run        pnpm tsx packages/async-io/src/main.ts concurrency-vs-parallelism

import { setTimeout as sleep } from 'node:timers/promises';
import { mapLimited } from '../fail-fast/recipe.ts';
import { openTaskThreads } from './threads.ts';

/** When a task began and ended, in ms on the clock that all threads share: see `now`. */
export interface Span {
  readonly started: number;
  readonly ended: number;
}

/** Milliseconds on the monotonic clock of the system, the same in every thread. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** Starts all the tasks at once, on this thread; each waits for `ms`. They overlap. */
export function waitOnOneThread(tasks: number, ms: number): Promise<Span[]> {
  const wait = async (): Promise<Span> => {
    const started = now();
    await sleep(ms);
    return { started, ended: now() };
  };
  return Promise.all(Array.from({ length: tasks }, wait));
}

/** Starts all the tasks at once, on this thread; each computes. The call looks as concurrent; the tasks take turns. */
export function computeOnOneThread<Input, Output>(
  inputs: readonly Input[],
  compute: (input: Input) => Output,
): Promise<Output[]> {
  return Promise.all(
    inputs.map(async (input) => {
      await sleep(0); // as a task does that waited for its input
      return compute(input);
    }),
  );
}

/** Threads, each of which computes one input at a time. */
export interface Threads<Input, Output> {
  run(inputs: readonly Input[]): Promise<Output[]>;
  close(): Promise<void>;
}

/** Opens threads that compute by the default export of the module `task`. */
export function openThreads<Input, Output>(task: URL, threads: number): Threads<Input, Output> {
  const opened = openTaskThreads<Input, Output>(task, threads);
  return {
    run: (inputs) => mapLimited(inputs, threads, (input, stop) => opened.run(input, stop)), // one failure ends the others
    close: () => opened.close(),
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
