import { counted } from '@cookbook/lab/claim';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { judgeGain } from '../src/three-costs/proof/below-and-above.ts';
import { inline, MECHANISMS, openWorkLanes } from '../src/three-costs/proof/mechanisms.ts';
import {
  measureRun,
  messageTimes,
  piecesPerMs,
  runTrials,
  tasksOf,
  undisturbed,
} from '../src/three-costs/proof/undisturbed-time.ts';
import type { Run, Trial } from '../src/three-costs/proof/undisturbed-time.ts';
import { breakEven, overheads, startedForEachRun } from '../src/three-costs/recipe.ts';

const done = { primes: 0, called: 10, started: 10, ended: 110, returned: 110, waited: 0, waitedBefore: 0 };
const { signal } = new AbortController();

describe('the break-even', () => {
  test('is the size of task at which so many lanes take as long as plain code', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 1_000, noNaN: true }),
        fc.integer({ min: 2, max: 64 }),
        (overhead, lanes) => {
          const work = breakEven(overhead, lanes);
          expect(overhead + work).toBeCloseTo(lanes * work, 6);
        },
      ),
    );
  });

  test.each([1, 0, 1.5])('of %s lanes is refused', (lanes) => {
    expect(() => breakEven(1, lanes)).toThrow(`Expected \`lanes\` to be an integer from 2 up, got ${lanes}`);
  });
});

describe.each([...MECHANISMS, 'inline'] as const)('by %s', (mechanism) => {
  const lanes = mechanism === 'inline' ? inline : openWorkLanes(mechanism, 2);
  afterAll(() => lanes.close());

  test('every task is done, in order, and computes what it should', async () => {
    const results = await lanes.run([{ pieces: 3 }, { pieces: 0 }]);
    expect(results.map(({ primes }) => primes)).toEqual([3 * 168, 0]);
  });

  test('work takes at least the time that it was sized for', async () => {
    // A neighbour makes fewer pieces of a ms.
    const pieces = 40 * Math.max(...Array.from({ length: 5 }, piecesPerMs));
    const { time, work, wall } = await measureRun(lanes, tasksOf(2, Math.round(pieces)));
    expect(work).toBeGreaterThan(60);
    expect(wall).toBeGreaterThanOrEqual(time);
  });
});

test('an error in the work rejects, and ends the fresh lanes', async () => {
  const lanes = openWorkLanes('fresh thread', 1);
  await expect(lanes.run([{ pieces: NaN }])).rejects.toThrow('Expected 168 primes a piece');
});

test('lanes that are started for each run are as many as its tasks, and closed after it, also where a task fails', async () => {
  const log: string[] = [];
  const lanes = startedForEachRun<number, number>((count) => ({
    async run(tasks) {
      log.push(`${count} run`);
      if (tasks.includes(0)) throw new Error('a task failed');
      return tasks.map((task) => 10 * task);
    },
    close: async () => void log.push('closed'),
  }));
  expect(await lanes.run([3, 1, 2])).toEqual([30, 10, 20]);
  await expect(lanes.run([0])).rejects.toThrow('a task failed');
  expect(log).toEqual(['3 run', 'closed', '1 run', 'closed']);
});

describe('the overhead', () => {
  const lanes = { run: async () => [], close: async () => {} };

  test('is that of every round but the first, which warms up', async () => {
    const times = [50, 3, 1, 2];
    expect(await overheads(lanes, [], 3, async () => times.shift()!)).toEqual([3, 1, 2]);
  });

  test('is wall time where nothing else is asked for', async () => {
    const slow = { ...lanes, run: () => new Promise<never[]>((resolve) => setTimeout(() => resolve([]), 20)) };
    for (const ms of await overheads(slow, [], 2)) expect(ms).toBeGreaterThanOrEqual(19);
  });
});

describe('the time without disturbance', () => {
  test('is that of the longest lane and the way back', () => {
    expect(undisturbed([done, { ...done, ended: 90, returned: 90 }], 0, 115, 0)).toBe(115);
  });

  test('is without the wait of a lane, before its start and during its work', () => {
    expect(undisturbed([{ ...done, waited: 30, waitedBefore: 5 }], 0, 110, 0)).toBe(75);
  });

  test('is not shortened by what a lane waited before the tasks were handed out', () => {
    expect(undisturbed([{ ...done, waitedBefore: 1_000 }], 0, 110, 0)).toBe(100);
  });

  test('is without what the lane takes to read its clocks', () => {
    expect(undisturbed([{ ...done, started: 15, returned: 118 }], 0, 120, 0)).toBe(107);
  });

  test('is without our own wait on the way back, and no more than that', () => {
    expect(undisturbed([done], 0, 130, 15)).toBe(115);
    expect(undisturbed([done], 0, 130, 500)).toBe(110);
  });
});

test('lanes and inline take turns at being first', async () => {
  const order: string[] = [];
  const lanes = openWorkLanes('kept thread', 1);
  await runTrials(
    3,
    lanes,
    async (by): Promise<Run> => {
      order.push(by === inline ? 'inline' : 'lanes');
      return { wall: 1, time: 1, work: 1 };
    },
    signal,
  );
  await lanes.close();
  expect(order).toEqual(['lanes', 'inline', 'inline', 'lanes', 'lanes', 'inline']);
});

test('a message is timed so many rounds, the one that warms up left out', async () => {
  let asked = 0;
  const times = await messageTimes(async () => void asked++, 10, 3);
  expect(times.length).toBe(3);
  expect(asked).toBe(40);
});

describe('a gain that is not seen', () => {
  const trial = (lanes: Partial<Run>): Trial => ({
    lanes: { wall: 10, time: 10, work: 10, ...lanes },
    inline: { wall: 10, time: 10, work: 10 },
  });
  const judge = (ratio: number, trials: Trial) =>
    judgeGain({
      above: counted('above', 'time by lanes / inline', ratio, 'x', { most: 1 }),
      trialsAbove: [trials, trials],
    });

  test('is refuted where the cores were free and apart', () => {
    expect(judge(1.3, trial({})).verdict).toBe('refuted');
  });

  test('is inconclusive, contended, where lanes waited for their cores, or shared one and that does not explain it', () => {
    const waited = judge(1.3, trial({ time: 5 }));
    expect(waited).toMatchObject({ verdict: 'inconclusive', qualifier: 'contended' });
    expect(waited.reason).toContain('other programs had the cores for 50 % of the time');
    const shared = judge(1.6, trial({ work: 15 }));
    expect(shared).toMatchObject({ verdict: 'inconclusive', qualifier: 'contended' });
    expect(shared.reason).toContain('work side by side took 1.50x its time alone');
  });

  test('holds, restricted, where it is missing only because cores share their units', () => {
    const restricted = judge(1.3, trial({ work: 15 }));
    expect(restricted).toMatchObject({ verdict: 'holds', qualifier: 'restricted' });
    expect(restricted.reason).toContain('on cores of their own at most 0.87x');
  });

  test('holds where it is seen, whatever else was running', () => {
    expect(judge(0.7, trial({ time: 5 }))).toEqual({ verdict: 'holds' });
  });
});
