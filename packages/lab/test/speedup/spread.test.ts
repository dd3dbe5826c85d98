// Lanes that a crowded host packs on one core, and keeping them apart.

import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { usableCores } from '../../src/host/host.ts';
import type { Lanes } from '../../src/speedup/lane.ts';
import { workerLanes } from '../../src/speedup/lane.ts';
import { measureSpeedup } from '../../src/speedup/speedup.ts';
import { readCores, spread } from '../../src/speedup/spread.ts';
import { runPhase } from '../../src/speedup/trial.ts';
import { judgeParallel } from '../../src/speedup/verdict.ts';
import { now } from '../../src/task/clock.ts';
import type { LaneReport } from '../../src/task/probe.ts';
import { forkForTest } from '../ends-with-test.ts';

const unit = { kernel: 'primes', repeats: 2 } as const;
const coresOf = (thread: number): number[] =>
  readCores(spawnSync('taskset', ['-cp', `${thread}`], { encoding: 'utf8' }).stdout ?? '');
const canSpread = coresOf(process.pid).length >= 2;

test('the cores that taskset prints are read, ranges and single ones', () => {
  expect(readCores("pid 7's current affinity list: 0-2,5\n")).toEqual([0, 1, 2, 5]);
  expect(readCores("pid 7's current affinity list: 3")).toEqual([3]);
  expect(readCores('')).toEqual([]);
  expect(readCores(undefined)).toEqual([]);
});

describe('a phase whose lanes cannot be kept apart is left alone', () => {
  const report = (lane: string, thread?: number): LaneReport => ({
    lane,
    started: 0,
    ended: 1,
    cpu: 1,
    waited: 0,
    waitedBefore: 0,
    ...(thread !== undefined && { thread }),
  });
  const phase = (...reports: LaneReport[]) => ({ units: reports.length, submitted: 0, finished: 1, reports });

  test('lanes that do not say which threads they are', () => {
    expect(spread(phase(report('a'), report('b', process.pid)))).toBeUndefined();
  });

  test('lanes of one thread', () => {
    expect(spread(phase(report('a', process.pid), report('a', process.pid)))).toBeUndefined();
  });

  test('more lanes than cores', () => {
    const many = Array.from({ length: usableCores() + 1 }, (_, n) => report(`${n}`, process.pid + n));
    expect(spread(phase(...many))).toBeUndefined();
  });

  test('where there is no such program, or it may not', () => {
    const two = phase(report('a', process.pid), report('b', process.pid + 1));
    expect(spread(two, 'no-such-program')).toBeUndefined();
    expect(spread(two, process.execPath)).toBeUndefined();
  });
});

describe.runIf(canSpread)('where taskset is', () => {
  test('worker threads get a core each, and all of them back', async () => {
    const lanes = workerLanes(2);
    try {
      const phase = await runPhase(lanes, 2, unit);
      const threads = phase.reports.map(({ thread }) => thread!);
      const before = threads.map(coresOf);
      const letGo = spread(phase);
      const apart = threads.map(coresOf);
      expect(apart.map(({ length }) => length)).toEqual([1, 1]);
      expect(apart[0]).not.toEqual(apart[1]);
      letGo!();
      expect(threads.map(coresOf)).toEqual(before);
    } finally {
      await lanes.close();
    }
  });

  test('lanes that are packed on one core in three trials are kept apart in the others, and the verdict says so', async () => {
    const sleeper = new URL('../fixtures/sleeper.ts', import.meta.url);
    const children = [0, 1].map(() => forkForTest(sleeper));
    await Promise.all(children.map((child) => once(child, 'message')));
    const pids = children.map(({ pid }) => pid!);
    const seen: number[][][] = [];
    // Two lanes that take turns on one core, 10 ms each, as a busy neighbour makes them.
    const open = (count: number): Lanes => ({
      async run(units) {
        const start = now();
        await sleep(20);
        if (count === 2) seen.push(pids.map(coresOf));
        return units.map((_, n) => ({
          lane: `${count === 1 ? 0 : n}`,
          thread: pids[n]!,
          started: start + (count === 1 ? 10 * n : 0),
          ended: start + (count === 1 ? 10 * n + 10 : 20),
          cpu: 10,
          waited: count === 1 ? 0 : 10,
          waitedBefore: 0,
        }));
      },
      close: async () => {},
    });
    const speedup = await measureSpeedup({
      open,
      lanes: 2,
      unit,
      trials: [5, 5],
      context: { budget: 5_000, signal: new AbortController().signal },
    });
    expect(speedup.spreadAfter).toBe(3);
    const trials = seen.slice(3); // behind the warm-up
    expect(trials.map(([first]) => first!.length > 1)).toEqual([true, true, true, false, false]);
    expect(trials[4]![0]).not.toEqual(trials[4]![1]);
    expect(pids.map(coresOf)).toEqual(seen[0]);
    expect(judgeParallel(speedup).reason).toContain('though on cores of their own after 3 trials');
  });
});
