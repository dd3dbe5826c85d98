import { describe, expect, test } from 'vitest';
import { longestLane } from '../../src/speedup/trial.ts';
import type { LaneReport } from '../../src/task/probe.ts';
import { compare } from '../../src/speedup/speedup.ts';

function report(lane: string, started: number, ended: number, changes: Partial<LaneReport> = {}): LaneReport {
  return { lane, started, ended, cpu: ended - started, waited: 0, waitedBefore: 0, ...changes };
}

describe('the longest lane of a phase', () => {
  test('counts from the hand-out of the work, so that lanes one after another look as long as they are', () => {
    const reports = [report('a', 0, 50), report('b', 50, 100)];
    expect(longestLane({ units: 2, submitted: 0, finished: 100, reports })?.own).toBe(100);
  });

  test('leaves out the time for which the lane had no core', () => {
    const reports = [report('a', 0, 100, { waited: 50 }), report('b', 0, 60)];
    expect(longestLane({ units: 2, submitted: 0, finished: 100, reports })?.own).toBe(60);
  });

  test('counts a wait before the start for at most the gap before it', () => {
    const reports = [report('a', 10, 60, { waitedBefore: 500 })];
    expect(longestLane({ units: 1, submitted: 0, finished: 60, reports })?.own).toBe(50);
  });

  test('is unknown where one lane does not report its waiting', () => {
    const reports = [report('a', 0, 50), report('b', 0, 50, { waited: undefined })];
    expect(longestLane({ units: 2, submitted: 0, finished: 50, reports })).toBeUndefined();
  });
});

describe('a trial', () => {
  const alone = { units: 2, submitted: 0, finished: 100, reports: [report('a', 0, 50), report('a', 50, 100)] };

  test('of two lanes side by side has a speedup of 2', () => {
    const reports = [report('a', 0, 50), report('b', 0, 50)];
    expect(compare(alone, { units: 2, submitted: 0, finished: 50, reports }, 2)).toMatchObject({
      potential: 2,
      observed: 2,
      cpuRatio: 1,
    });
  });

  test('of two lanes that a neighbour packs on one core has the potential, not the observed speedup', () => {
    const reports = [report('a', 0, 100, { cpu: 50, waited: 50 }), report('b', 0, 100, { cpu: 50, waited: 50 })];
    const trial = compare(alone, { units: 2, submitted: 0, finished: 100, reports, idle: 0, busy: 200 }, 2);
    expect(trial).toMatchObject({ potential: 2, observed: 1, waitingShare: 0.5, idleCores: 0, foreignCores: 1 });
  });

  test('of lanes behind a mutex has neither', () => {
    const reports = [report('a', 0, 50, { cpu: 50 }), report('b', 0, 100, { cpu: 50 })];
    expect(compare(alone, { units: 2, submitted: 0, finished: 100, reports }, 2)).toMatchObject({
      potential: 1,
      observed: 1,
    });
  });

  test('scales the work of one lane to that of many', () => {
    const reports = ['a', 'b', 'c', 'd'].map((lane) => report(lane, 0, 50));
    expect(compare(alone, { units: 4, submitted: 0, finished: 50, reports }, 4)).toMatchObject({
      potential: 4,
      ceiling: 4,
    });
  });
});
