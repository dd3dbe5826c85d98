// A host that makes work side by side dearer: what it may explain, and what it may not.

import { describe, expect, test } from 'vitest';
import { compare } from '../../src/speedup/speedup.ts';
import type { Speedup, Trial } from '../../src/speedup/speedup.ts';
import type { Phase } from '../../src/speedup/trial.ts';
import { isSettled, judgeParallel } from '../../src/speedup/verdict.ts';
import type { LaneReport } from '../../src/task/probe.ts';

/** A trial of two lanes whose inflation is not known, and one in which it was seen. */
function unseen(changes: Partial<Trial> = {}): Trial {
  const quiet = { potential: 1.95, observed: 1.93, cpuRatio: 1, inflation: 1, ceiling: 2 };
  return { ...quiet, waitingShare: 0, sideBySide: 0.95, idleCores: 0, foreignCores: 0, ...changes };
}

function seen(inflation: number, changes: Partial<Trial> = {}): Trial {
  return unseen({ cpuRatio: inflation, inflation, sawInflation: true, ceiling: 2 / inflation, ...changes });
}

function five(trial: Trial): Speedup {
  return { lanes: 2, cores: 2, trials: Array.from({ length: 5 }, () => trial) };
}

/** A phase of lanes that compute all the time, each unit so many ms, side by side or one after the other. */
function phase(units: number, ms: number, together: boolean, cpu = ms): Phase {
  const reports = Array.from({ length: units }, (_, unit): LaneReport => {
    const started = together ? 0 : unit * ms;
    const ended = started + ms;
    const computing = { took: ms, spans: [[started, ended]] } as const;
    return { lane: `${together ? unit : 0}`, started, ended, cpu, waited: 0, waitedBefore: 0, computing };
  });
  return { units, submitted: 0, finished: reports.at(-1)!.ended, reports };
}

describe('an inflation that the trial itself shows', () => {
  test('lowers the bound: parallel lanes hold under its ceiling, serial and half-serial ones do not', () => {
    expect(judgeParallel(five(seen(1.3, { potential: 1.5, observed: 1.48 })))).toEqual({ verdict: 'holds' });
    expect(judgeParallel(five(seen(1.3, { potential: 1, observed: 1 }))).verdict).toBe('refuted');
    // Half of it under a lock: 4 / (2 + 1.4) is all that it can reach, its computing grows by (1 + 1.4) / 2.
    expect(judgeParallel(five(seen(1.2, { potential: 1.18, observed: 1.17 }))).verdict).toBe('refuted');
  });

  test('can show nothing where its ceiling leaves no gain to speak of', () => {
    const crowded = five(seen(1.7, { potential: 1.2, observed: 1.2 }));
    expect(judgeParallel(crowded).verdict).toBe('cannot-show');
    expect(isSettled(crowded)).toBe(false);
  });

  test('is the growth of the time that a unit takes to compute, at that very moment', () => {
    const trial = compare(phase(2, 50, false), phase(2, 70, true), 2);
    expect(trial).toMatchObject({ inflation: 1.4, sawInflation: true, cpuRatio: 1.4 });
    expect(trial.ceiling).toBeCloseTo(2 / 1.4, 5);
  });

  test('is measured against all that a unit took alone, the sleep for a collector of garbage too', () => {
    // Alone 40 of 60 ms are the lane's own CPU time; side by side the lanes collect more of it themselves.
    const collecting = compare(phase(2, 60, false, 40), phase(2, 80, true, 70), 2);
    expect(collecting.ceiling).toBeCloseTo(1.5, 5);
    expect(collecting.potential).toBeCloseTo(1.5, 5);
    expect(judgeParallel(five(collecting))).toEqual({ verdict: 'holds' });
    const locked = compare(phase(2, 60, false, 40), phase(2, 60, false, 40), 2);
    expect(locked.potential).toBeCloseTo(1, 5);
    expect(judgeParallel(five(locked)).verdict).toBe('refuted');
  });

  test('is not CPU time that the lanes themselves burn', () => {
    const spinning = compare(phase(2, 50, false), phase(2, 50, false, 75), 2);
    expect(spinning).toMatchObject({ inflation: 1, ceiling: 2, cpuRatio: 1.5, potential: 1 });
    expect(judgeParallel(five(spinning)).reason).toContain('lanes spin');
  });
});

describe('an inflation that is not known', () => {
  test('lends half-serial work nothing: a gauge of another moment said 1.3 where its CPU time grew by 1.12', () => {
    const half = { potential: 1.33, observed: 1.32, cpuRatio: 1.12 };
    for (const inflation of [1.12, 1.3, 1.5]) {
      const { verdict } = judgeParallel(five(unseen({ ...half, inflation, ceiling: 2 / inflation })));
      expect(verdict, `gauge ${inflation}`).not.toBe('holds');
    }
  });

  test('refutes no lanes whose CPU time grew by as much as explains what they lack', () => {
    expect(judgeParallel(five(unseen({ potential: 1.3, observed: 1.29, cpuRatio: 1.5 }))).verdict).toBe('inconclusive');
    expect(judgeParallel(five(unseen({ potential: 1, observed: 0.99, cpuRatio: 1.5 }))).verdict).toBe('refuted');
  });
});

describe('a host that was slower while the one lane worked', () => {
  test('lends lanes that take turns no gain', () => {
    expect(compare(phase(2, 75, false), phase(2, 50, false), 2)).toMatchObject({ potential: 1, observed: 1 });
  });

  test('nor where lanes report no computing: by their CPU time', () => {
    const mute = (given: Phase): Phase => ({
      ...given,
      reports: given.reports.map(({ lane, started, ended, cpu, waited, waitedBefore }) => ({
        lane,
        started,
        ended,
        cpu,
        waited,
        waitedBefore,
      })),
    });
    expect(compare(mute(phase(2, 75, false)), mute(phase(2, 50, false)), 2)).toMatchObject({
      potential: 1,
      observed: 1,
    });
  });
});
