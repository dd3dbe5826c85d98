import { describe, expect, test } from 'vitest';
import { asyncLanes, forkLanes, workerLanes } from '../../src/speedup/lane.ts';
import type { LaneReport } from '../../src/task/probe.ts';

const unit = { kernel: 'primes', repeats: 2 } as const;
const task = (name: string): URL => new URL(`../fixtures/${name}.ts`, import.meta.url);

describe.each([
  { name: 'worker threads', open: workerLanes, lanes: 3 },
  { name: 'forked processes', open: forkLanes, lanes: 3 },
  { name: 'async tasks', open: asyncLanes, lanes: 1 },
])('$name', ({ open, lanes: expected }) => {
  test(`run every unit, on ${expected} different lanes of 3`, async () => {
    const lanes = await open(3);
    try {
      const reports = await lanes.run(Array.from({ length: 30 }, () => unit));
      expect(reports).toHaveLength(30);
      expect(new Set(reports.map(({ lane }) => lane)).size).toBe(expected);
      for (const { started, ended } of reports) expect(ended).toBeGreaterThan(started);
    } finally {
      await lanes.close();
    }
  });

  test('no unit of a lane overlaps another of the same lane', async () => {
    const lanes = await open(2);
    try {
      const reports = await lanes.run(Array.from({ length: 12 }, () => unit));
      for (const lane of new Set(reports.map((report) => report.lane))) {
        const own = reports.filter((report) => report.lane === lane).toSorted((a, b) => a.started - b.started);
        own.slice(1).forEach((report, index) => expect(report.started).toBeGreaterThanOrEqual(own[index]!.ended));
      }
    } finally {
      await lanes.close();
    }
  });

  test('a number of lanes that is none is refused', async () => {
    await expect(async () => open(0)).rejects.toThrow('Expected `count` to be an integer from 1 up, got 0');
  });

  test('an unknown kernel fails the run, and the lanes can still be closed', async () => {
    const lanes = await open(1);
    // oxlint-disable-next-line typescript/no-explicit-any -- a mistake that the types would have caught
    await expect(lanes.run([{ kernel: 'none', repeats: 1 } as any])).rejects.toThrow();
    await lanes.close();
  });
});

describe('a lane that dies', () => {
  test('rejects with the exit code and the last words of a process', async () => {
    const lanes = forkLanes(1, task('dying-task'));
    await expect(lanes.run([unit])).rejects.toThrow(/ended with exit code 7; it said:\nno such device/);
    await lanes.close();
  });

  test('rejects with the exit code of a thread', async () => {
    const lanes = workerLanes(1, task('dying-task'));
    await expect(lanes.run([unit])).rejects.toThrow('The worker ended with exit code 7');
    await lanes.close();
  });

  test('rejects every later unit too', async () => {
    const lanes = workerLanes(1, task('dying-task'));
    await expect(lanes.run([unit])).rejects.toThrow();
    await expect(lanes.run([unit])).rejects.toThrow('exit code 7');
    await lanes.close();
  });
});

test('a wrong answer of the kernel fails the run: a time spent on a wrong result is no measurement', async () => {
  const lanes = await asyncLanes(1, task('wrong-task'));
  await expect(lanes.run([unit])).rejects.toThrow('Expected the primes kernel to answer 2262, got 2261');
});

test('a report knows its waiting time on Linux', ({ skip }) => {
  if (process.platform !== 'linux') skip('only Linux says how long a thread waits for a core');
  return asyncLanes(1).then(async (lanes) => {
    const [report] = (await lanes.run([unit, unit])) as [LaneReport, LaneReport];
    expect(report.waited).toBeGreaterThanOrEqual(0);
  });
});
