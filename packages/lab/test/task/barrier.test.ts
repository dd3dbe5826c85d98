import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { meet } from '../../src/task/barrier.ts';

const words = (count: number) => new Int32Array(new SharedArrayBuffer(4 * count));

test('nobody passes before all have come, round after round', async () => {
  const workerData = { memory: words(2), threads: 3, rounds: 500 };
  const workers = Array.from(
    { length: 3 },
    () => new Worker(new URL('../fixtures/barrier-worker.ts', import.meta.url), { workerData, execArgv: [] }),
  );
  const answers = await Promise.all(workers.map((worker) => once(worker, 'message')));
  await Promise.all(workers.map((worker) => worker.terminate()));
  expect(answers.flat()).toEqual([0, 0, 0]);
});

test('alone one is complete at once; of two, one gives up after its time limit', () => {
  expect(meet(words(1), 0, 1)).toBe(true);
  const memory = words(1);
  expect(meet(memory, 0, 2, 5)).toBe(false);
  expect(meet(memory, 0, 2, 5), 'the one that gave up was counted').toBe(true);
});

test.each([0, -1, 1.5])('%s threads are refused', (threads) => {
  expect(() => meet(words(1), 0, threads)).toThrow(`Expected \`threads\` to be an integer from 1 up, got ${threads}`);
});
