// A thread of a pool: computes tasks of one size, taken from a counter that all threads share, until none is left.

import { parentPort, workerData } from 'node:worker_threads';

interface Share {
  /** Tasks that are taken. */
  readonly taken: Int32Array;
  readonly tasks: number;
  /** Rounds of a task's loop. */
  readonly rounds: number;
}

const { taken, tasks, rounds } = workerData as Share;

compute(); // compiled before it is timed
parentPort!.once('message', () => {
  const times: number[] = [];
  while (Atomics.add(taken, 0, 1) < tasks) times.push(compute());
  parentPort!.postMessage(times);
});
parentPort!.postMessage('ready');

/** ms of one task. */
function compute(): number {
  const start = performance.now();
  let state = 1;
  for (let round = 0; round < rounds; round++) state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
  return state === 0 ? 0 : performance.now() - start;
}
