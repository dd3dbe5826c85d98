// Lanes that a host runs one after another never meet at a lock between them: what that does to a verdict.

import { describe, expect, test } from 'vitest';
import type { Speedup, Trial } from '../../src/speedup/speedup.ts';
import { compare } from '../../src/speedup/speedup.ts';
import { longestLane, sideBySide } from '../../src/speedup/trial.ts';
import type { Phase } from '../../src/speedup/trial.ts';
import { judgeParallel } from '../../src/speedup/verdict.ts';
import type { LaneReport } from '../../src/task/probe.ts';

type Spans = readonly (readonly [number, number])[];

function phase(...lanes: readonly Spans[]): Phase {
  const finished = Math.max(...lanes.flat(2));
  const reports = lanes.map((spans, lane): LaneReport => {
    const took = spans.reduce((sum, [from, to]) => sum + to - from, 0);
    const waited = finished - took;
    return {
      lane: `${lane}`,
      started: 0,
      ended: finished,
      cpu: took,
      waited,
      waitedBefore: 0,
      computing: { took, spans },
    };
  });
  return { units: lanes.length, submitted: 0, finished, reports };
}

describe('the share of their time in which lanes ran side by side', () => {
  test.each<[string, number, readonly Spans[]]>([
    ['all of it', 1, [[[0, 50]], [[0, 50]]]],
    [
      'none, taking turns on one core',
      0,
      [
        [
          [0, 10],
          [20, 30],
        ],
        [
          [10, 20],
          [30, 40],
        ],
      ],
    ],
    ['half of it', 0.5, [[[0, 40]], [[20, 60]]]],
    ['all of it on three cores', 1, [[[0, 50]], [[0, 50]], [[0, 50]]]],
    [
      'three quarters of it, two of three at a time',
      0.75,
      [
        [[0, 40]],
        [
          [0, 20],
          [40, 60],
        ],
        [[20, 60]],
      ],
    ],
  ])('is %s: %d', (_, share, lanes) => {
    expect(sideBySide(phase(...lanes), lanes.length)).toBeCloseTo(share, 5);
  });

  test('is what CPU time shows by itself where lanes report no spans', () => {
    const lane: LaneReport = { lane: 'a', started: 0, ended: 80, cpu: 50, waited: 30, waitedBefore: 0 };
    const mute = { units: 2, submitted: 0, finished: 80, reports: [lane, { ...lane, lane: 'b' }] };
    expect(sideBySide(mute, 2)).toBeCloseTo(20 / 50, 5); // 100 ms of CPU time within 80 ms
  });
});

describe('lanes whose potential was not observed', () => {
  const packed = compare(phase([[0, 50]], [[50, 100]]), phase([[0, 50]], [[50, 100]]), 2);
  const crowded = (changes: Partial<Trial> = {}): Speedup => ({
    lanes: 2,
    cores: 2,
    trials: Array.from({ length: 5 }, () => ({
      ...packed,
      potentialLeast: 2,
      idleCores: 0,
      foreignCores: 1,
      ...changes,
    })),
  });

  test('are undecided where they ran one after another, however large their potential', () => {
    expect(packed).toMatchObject({ potential: 2, observed: 1, sideBySide: 0 });
    expect(judgeParallel(crowded({ sideBySide: 0.12 }))).toEqual({
      verdict: 'inconclusive',
      reason:
        'this host is known to have run the lanes side by side for only 12 % of the time: what keeps them apart cannot show',
    });
  });

  test('hold, contended, where they ran side by side for long enough in three trials', () => {
    expect(judgeParallel(crowded({ sideBySide: 0.4 }))).toMatchObject({ verdict: 'holds', qualifier: 'contended' });
    const few = crowded();
    const some = (count: number): Speedup => ({
      ...few,
      trials: few.trials.map((trial, index) => ({ ...trial, sideBySide: index < count ? 0.4 : 0 })),
    });
    expect(judgeParallel(some(3)).verdict).toBe('holds');
    expect(judgeParallel(some(2)).verdict).toBe('inconclusive');
  });

  test('hold by those trials alone: that the others seemed faster does not count', () => {
    const lured = crowded();
    const trials = lured.trials.map((trial, index) =>
      index < 2 ? trial : { ...trial, sideBySide: 0.4, potentialLeast: index < 4 ? 1.4 : 2 },
    );
    expect(judgeParallel({ ...lured, trials: [...trials, packed, packed] }).verdict).toBe('inconclusive');
  });
});

test('lanes that lost to one another while they ran side by side may lose as much in the rest of the time', () => {
  // Half of it under a spin lock, 50 ms of work a lane. In the 40 ms before b loses its core it spins for 20.
  const a: LaneReport = {
    lane: 'a',
    started: 0,
    ended: 50,
    cpu: 50,
    waited: 0,
    waitedBefore: 0,
    computing: { took: 50, spans: [[0, 50]] },
  };
  const spans = [
    [20, 40],
    [90, 120],
  ] as const;
  const b: LaneReport = { ...a, lane: 'b', ended: 120, cpu: 70, waited: 50, computing: { took: 50, spans } };
  const alone = phase([[0, 50]], [[50, 100]]);
  const together = { units: 2, submitted: 0, finished: 120, reports: [a, b], idle: 0, busy: 240 };
  const trial = compare(alone, together, 2);
  expect(trial.potential).toBeCloseTo(100 / 70, 5);
  expect(trial.sideBySide).toBeCloseTo(1 / 3, 5);
  expect(trial.potentialLeast).toBeCloseTo(100 / (50 + 3 * 20), 5);
  const trials = Array.from({ length: 5 }, () => ({ ...trial, potential: 1.6 }));
  expect(judgeParallel({ lanes: 2, cores: 2, trials }).verdict).toBe('inconclusive');
});

test('what lanes do between the pieces that they note is no loss to one another', () => {
  // They note half of their 50 ms; b has no core for 50 ms, and both run side by side for the rest.
  const half = { took: 25, spans: [[0, 25]] } as const;
  const alone: Phase = {
    units: 2,
    submitted: 0,
    finished: 100,
    reports: [0, 50].map((started) => ({
      lane: 'a',
      started,
      ended: started + 50,
      cpu: 50,
      waited: 0,
      waitedBefore: 0,
      computing: { took: 25, spans: [[started, started + 25]] },
    })),
  };
  const reports = [
    { lane: 'a', started: 0, ended: 50, cpu: 50, waited: 0, waitedBefore: 0, computing: half },
    { lane: 'b', started: 0, ended: 100, cpu: 50, waited: 50, waitedBefore: 0, computing: half },
  ];
  const trial = compare(alone, { units: 2, submitted: 0, finished: 100, reports }, 2);
  expect(trial.potential).toBeCloseTo(2, 5);
  expect(trial.potentialLeast).toBeCloseTo(2, 5);
});

test('lanes that slept while another one queued for a core are not refuted for it', () => {
  // A barrier between them: a sleeps for 40 of 100 ms, for the 40 that b waits for a core.
  const report = { started: 0, ended: 100, cpu: 60, waitedBefore: 0 };
  const reports = [
    { ...report, lane: 'a', waited: 0 },
    { ...report, lane: 'b', waited: 40 },
  ];
  const alone = phase([[0, 60]], [[60, 120]]);
  const trial = compare(alone, { units: 2, submitted: 0, finished: 100, reports }, 2);
  expect(trial.potential).toBeCloseTo(1.2, 5);
  expect(trial.potentialMost).toBeCloseTo(2, 5);
  expect(judgeParallel({ lanes: 2, cores: 2, trials: [trial, trial, trial, trial, trial] }).verdict).toBe(
    'inconclusive',
  );
});

test('a lane that waits for a core holds up none that computes meanwhile', () => {
  // Half of it under a lock: b sleeps for 30 ms until a is through with its half; then both lose their core for 10 ms.
  const report = { started: 0, waitedBefore: 0, waited: 10, cpu: 60 };
  const a = {
    took: 60,
    spans: [
      [0, 35],
      [46, 70],
    ],
    breaks: [[35, 46, 10]],
  } as const;
  const b = {
    took: 60,
    spans: [
      [30, 50],
      [61, 100],
    ],
    breaks: [[50, 61, 10]],
  } as const;
  const reports: LaneReport[] = [
    { ...report, lane: 'a', ended: 70, computing: a },
    { ...report, lane: 'b', ended: 100, computing: b },
  ];
  const together = { units: 2, submitted: 0, finished: 100, reports };
  expect(longestLane(together)).toMatchObject({ own: 90, least: 90 });
  // Where b slept while a waited, it may have been for a.
  const later = reports.map((lane) =>
    lane.lane === 'b'
      ? {
          ...lane,
          computing: {
            ...b,
            spans: [
              [48, 50],
              [61, 100],
            ],
          } as const,
        }
      : lane,
  );
  expect(longestLane({ ...together, reports: later })).toMatchObject({ own: 90, least: 80 });
});
