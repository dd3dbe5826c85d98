import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unitTask } from '@cookbook/lab/speedup';
import { calibrate, probe, runUnit } from '@cookbook/lab/task';
import type { LaneReport, Unit } from '@cookbook/lab/task';
import {
  computeOnOneThread,
  mostAtOnce,
  openThreads,
  waitOnOneThread,
} from '../src/concurrency-vs-parallelism/recipe.ts';
import { drawTimeline, underWay } from '../src/concurrency-vs-parallelism/proof/timeline.ts';

const unit = calibrate('primes', 25);
const units = Array.from({ length: 6 }, () => unit);

test('50 tasks that wait are all under way at once on one thread', async () => {
  expect(mostAtOnce(await waitOnOneThread(50, 20))).toBe(50);
});

test('tasks that compute on one thread are worked on one at a time', async () => {
  const reports = await computeOnOneThread(units, (each) => probe(() => runUnit(each)));
  expect(mostAtOnce(reports)).toBe(1);
  expect(new Set(reports.map(({ lane }) => lane)).size).toBe(1);
});

test('tasks that compute on two threads are worked on two at a time', async () => {
  const threads = openThreads<Unit, LaneReport>(unitTask, 2);
  try {
    await threads.run(units);
    const reports = await threads.run(units);
    expect(new Set(reports.map(({ lane }) => lane)).size).toBe(2);
    expect(mostAtOnce(reports)).toBe(2);
  } finally {
    await threads.close();
  }
});

const spans = fc.array(
  fc
    .tuple(fc.nat(100), fc.integer({ min: 1, max: 50 }))
    .map(([started, length]) => ({ started, ended: started + length })),
  { minLength: 1, maxLength: 30 },
);

describe('of any spans', () => {
  test('the most at once are those that hold the start of one of them', () => {
    fc.assert(
      fc.property(spans, (all) => {
        const holding = all.map(
          ({ started: at }) => all.filter(({ started, ended }) => started <= at && at < ended).length,
        );
        expect(mostAtOnce(all)).toBe(Math.max(...holding));
        expect(Math.max(...underWay({ name: '', spans: all, mark: '' }).points.map(({ y }) => y))).toBe(
          mostAtOnce(all),
        );
      }),
    );
  });

  test('the drawing has a line for each, none wider than asked', () => {
    fc.assert(
      fc.property(spans, fc.integer({ min: 20, max: 120 }), (all, columns) => {
        const lines = drawTimeline([{ name: 'n', spans: all, mark: '#' }], columns);
        expect(lines).toHaveLength(all.length + 2);
        expect(lines.filter((line) => /^ +#+$/.test(line))).toHaveLength(all.length);
        expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
      }),
    );
  });
});

test('spans are drawn where they were', () => {
  const tracks = [
    {
      name: 'waits',
      mark: '-',
      spans: [
        { started: 0, ended: 8 },
        { started: 0, ended: 8 },
      ],
    },
    {
      name: 'computes',
      mark: '#',
      spans: [
        { started: 100, ended: 108 },
        { started: 108, ended: 116 },
      ],
    },
  ];
  expect(drawTimeline(tracks, 20)).toEqual([
    'waits: 8 ms',
    '    --------',
    '    --------',
    'computes: 16 ms',
    '    ########',
    '            ########',
    '    0          16 ms',
  ]);
  expect(() => drawTimeline(tracks, 19)).toThrow('Expected `columns` to be an integer from 20 up, got 19');
});
