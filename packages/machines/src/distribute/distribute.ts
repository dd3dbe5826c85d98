// A task mapped over inputs, on all workers of a database.

import { setTimeout as sleep } from 'node:timers/promises';
import { backendOf } from '../queue/connection.ts';
import { insist } from '../queue/insist.ts';
import type { BatchData, BatchResult } from '../queue/payload.ts';
import { reach } from '../queue/reach.ts';
import { openRuns, queueOf } from '../queue/runs.ts';
import { nameTask } from '../queue/task-file.ts';
import { openJobs } from './open-jobs.ts';
import { settingsOf } from './options.ts';
import type { Options } from './options.ts';
import { openParts } from './parts.ts';
import { readLeft } from './resume.ts';
import { runToEnd } from './run-to-end.ts';
import type { Distributed } from './run-to-end.ts';

export type { Distributed, Failure } from './run-to-end.ts';
export type { Options, Progress } from './options.ts';
export type { Task, TaskContext } from '../worker/task.ts';

/** ms that the end of a run may take to tidy up in the database. Where that is away, it keeps the run. */
const TIDY_MS = 5_000;
const TIDYING = { patience: TIDY_MS };

/**
 * Maps the default export of `task` over the inputs, on the workers that are connected to the same database; waits for some
 * where there is none.
 *
 * An input may run more than once: where a worker is lost, another does its job again. The run itself is kept in the
 * database until it ends; where it has a name, also when it is aborted or killed, until it is run to its end.
 *
 * @throws RangeError, TypeError where an option is not what it is to be
 * @throws Error where the database refuses, or was away for a minute; where the run of this name began otherwise
 * @throws what the inputs throw; the reason of the signal
 */
export async function distribute<Input, Output>(
  task: URL,
  inputs: Iterable<Input> | AsyncIterable<Input>,
  options: Options,
): Promise<Distributed<Output>> {
  const settings = settingsOf(options);
  settings.signal.throwIfAborted();
  const backend = backendOf(settings.connection);
  const name = await nameTask(task, settings.tasks);
  const runs = openRuns(backend);
  const queue = backend.openQueue<BatchData, BatchResult>(queueOf(settings.name));
  const stop = new AbortController(); // of this run: aborted by the caller, or by an error of its own
  const signal = AbortSignal.any([settings.signal, stop.signal]);
  const parts = openParts(inputs);
  let [isAnnounced, isOver] = [false, false];
  try {
    await reach(backend, () => queue.getJobCounts('completed'), settings.signal);
    const left = await readLeft(queue, settings.name, name, signal);
    isAnnounced = true; // from now on it may be
    await insist(() => runs.announce(settings.name), { signal });
    const run = { settings, parts, left, jobs: openJobs(queue, name, signal), signal, total: lengthOf(inputs) };
    const results = await runToEnd<Output>(run, stop);
    isOver = true;
    return results;
  } finally {
    if (isAnnounced) await Promise.race([forget().catch(() => {}), sleep(TIDY_MS, undefined, { ref: false })]);
    await Promise.allSettled([parts.close(), queue.close(), runs.close()]);
  }

  /** A run that has a name and is not over keeps what is done; workers take no more of it. */
  async function forget(): Promise<void> {
    await insist(() => runs.withdraw(settings.name), TIDYING);
    if (isOver || !settings.isNamed) await insist(() => queue.obliterate({ force: true }), TIDYING);
  }
}

/** Undefined where the inputs do not say. */
function lengthOf(inputs: object): number | undefined {
  if (Array.isArray(inputs) || ArrayBuffer.isView(inputs)) return (inputs as unknown as { length: number }).length;
  return inputs instanceof Set || inputs instanceof Map ? inputs.size : undefined;
}
