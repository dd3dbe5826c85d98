import type { LaneReport } from '@cookbook/lab/task';
import { expect, test } from 'vitest';
import { answerLanes, untilAnswered } from '../src/proof/answer-times.ts';
import { openIn } from '../src/proof/places.ts';

const unit = { kernel: 'primes', repeats: 1 } as const;
const report: LaneReport = { lane: '1:0', started: 100, ended: 200, cpu: 90, waited: 5, waitedBefore: 1 };
const peer = { close: async () => {} };

test('every unit is done once, and reports are in the order of the units, though later ones are done first', async () => {
  const done: number[] = [];
  const lanes = answerLanes(
    3,
    () => peer,
    async (_, index) => {
      await new Promise((resolve) => setTimeout(resolve, 20 - 3 * index));
      done.push(index);
      return { ...report, cpu: 10 * index };
    },
  );
  const reports = await lanes.run(Array.from({ length: 6 }, () => unit));
  expect(reports.map(({ cpu }) => cpu)).toEqual([0, 10, 20, 30, 40, 50]);
  expect(done.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(done).not.toEqual([0, 1, 2, 3, 4, 5]);
});

test('a lane has one unit at a time: no input is made before a lane is free for it', async () => {
  let [running, most] = [0, 0];
  const lanes = answerLanes(
    2,
    () => peer,
    async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 2));
      running--;
      return report;
    },
  );
  await lanes.run(Array.from({ length: 7 }, () => unit));
  expect(most).toBe(2);
});

test('a unit that fails rejects the whole', async () => {
  const lanes = answerLanes(
    1,
    () => peer,
    async (_, index) => {
      if (index === 1) throw new Error('unit 1 failed');
      return report;
    },
  );
  await expect(lanes.run([unit, unit])).rejects.toThrow('unit 1 failed');
});

test('a unit ends when its answer is here: what the message cost counts', () => {
  expect(untilAnswered(report, 230, 0)).toMatchObject({ started: 100, ended: 230, cpu: 90, waited: 5 });
});

test('the wait of this thread counts for no more than the time since the lane ended', () => {
  expect(untilAnswered(report, 230, 12)).toMatchObject({ waited: 17, waitedBefore: 13 });
  expect(untilAnswered(report, 230, 80)).toMatchObject({ waited: 35 });
});

test('where the system does not report waiting times, a report stays as it is', () => {
  expect(untilAnswered({ ...report, waited: undefined }, 230, 12)).toEqual({ ...report, waited: undefined });
});

test('lanes get the unit of each job, and close their peers', async () => {
  const closed: string[] = [];
  const lanes = answerLanes(
    1,
    () => ({ close: async () => void closed.push('peer') }),
    async (_, index, { repeats }) => ({ ...report, cpu: index + repeats }),
  );
  const reports = await lanes.run([unit, { ...unit, repeats: 7 }]);
  await lanes.close();
  expect(reports.map(({ cpu }) => cpu)).toEqual([1, 8]);
  expect(closed).toEqual(['peer']);
});

test.each(['inline', 'thread', 'process'] as const)('the module is run in its place: %s', async (place) => {
  const task = new URL('./fixtures/typed-array.ts', import.meta.url);
  const lanes = await openIn<{ values: Float64Array }, { doubled: Float64Array; lane: string }>(place, task, 2);
  const answers = await lanes.run([0, 1, 2, 3].map((value) => ({ values: Float64Array.of(value, 0.5) })));
  await lanes.close();
  expect(answers.map(({ doubled }) => doubled)).toEqual([0, 2, 4, 6].map((value) => Float64Array.of(value, 1)));
  expect(new Set(answers.map(({ lane }) => lane)).size).toBe(place === 'inline' ? 1 : 2);
});
