import type { LaneReport } from '@cookbook/lab/task';
import { expect, test } from 'vitest';
import { closeAll, handOut, lanesOf, openHands, untilHere } from '../src/hands.ts';
import type { Hand } from '../src/hands.ts';

const unit = { kernel: 'primes', repeats: 1 } as const;
const idle: Hand = { close: async () => {} };
const report: LaneReport = { lane: '1:0', started: 100, ended: 200, cpu: 90, waited: 5, waitedBefore: 1 };

test('every job is done once, and answers are in the order of the jobs, though later ones are done first', async () => {
  const done: number[] = [];
  const answers = await handOut([idle, idle, idle], 6, async (_, job) => {
    await new Promise((resolve) => setTimeout(resolve, 20 - 3 * job));
    done.push(job);
    return 10 * job;
  });
  expect(answers).toEqual([0, 10, 20, 30, 40, 50]);
  expect(done.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(done).not.toEqual([0, 1, 2, 3, 4, 5]);
});

test('a hand has one job at a time: no input is made before a hand is free for it', async () => {
  let [running, most] = [0, 0];
  await handOut([idle, idle], 7, async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 2));
    running--;
  });
  expect(most).toBe(2);
});

test('a job that fails rejects the whole', async () => {
  const failing = handOut([idle], 2, async (_, job) => {
    if (job === 1) throw new Error('job 1 failed');
  });
  await expect(failing).rejects.toThrow('job 1 failed');
});

test('as lanes, a job ends when its answer is here: what the message cost counts', () => {
  expect(untilHere(report, 230, 0)).toMatchObject({ started: 100, ended: 230, cpu: 90, waited: 5 });
});

test('the wait of this thread counts for no more than the time since the lane ended', () => {
  expect(untilHere(report, 230, 12)).toMatchObject({ waited: 17, waitedBefore: 13 });
  expect(untilHere(report, 230, 80)).toMatchObject({ waited: 35 });
});

test('where the system does not tell waiting times, a report stays as it is', () => {
  expect(untilHere({ ...report, waited: undefined }, 230, 12)).toEqual({ ...report, waited: undefined });
});

test('lanes get the unit of each job, and close their hands', async () => {
  const closed: string[] = [];
  const lanes = lanesOf([{ close: async () => void closed.push('hand') }], async (_, job, { repeats }) => ({
    ...report,
    cpu: job + repeats,
  }));
  const reports = await lanes.run([unit, { ...unit, repeats: 7 }]);
  await lanes.close();
  expect(reports.map(({ cpu }) => cpu)).toEqual([1, 8]);
  expect(closed).toEqual(['hand']);
});

test.each(['inline', 'thread', 'process'] as const)('a hand runs the module: %s', async (place) => {
  const task = new URL('./fixtures/typed-array.ts', import.meta.url);
  const hands = await openHands<{ values: Float64Array }, { doubled: Float64Array; lane: string }>(place, task, 2);
  const answers = await handOut(hands, 4, (hand, job) => hand.ask({ values: Float64Array.of(job, 0.5) }));
  await closeAll(hands);
  expect(answers.map(({ doubled }) => doubled)).toEqual([0, 2, 4, 6].map((value) => Float64Array.of(value, 1)));
  expect(new Set(answers.map(({ lane }) => lane)).size).toBe(place === 'inline' ? 1 : 2);
});
