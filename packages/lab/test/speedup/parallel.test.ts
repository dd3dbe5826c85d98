import { describe, expect, test } from 'vitest';
import type { Speedup, Trial } from '../../src/speedup/speedup.ts';
import { isSerialSettled, judgeSerial } from '../../src/speedup/serial.ts';
import { combine } from '../../src/claim/finding.ts';
import { parallel, serial, speedupFigures } from '../../src/speedup/parallel.ts';
import { isSettled, judgeParallel } from '../../src/speedup/verdict.ts';
import { judgeWork } from '../../src/speedup/verdict.ts';

/** A trial of two lanes on a quiet machine with two cores, changed where a test says so. */
function trial(changes: Partial<Trial> = {}): Trial {
  const quiet = { potential: 1.95, observed: 1.93, cpuRatio: 1, inflation: 1, ceiling: 2 };
  return { ...quiet, waitingShare: 0, sideBySide: 0.95, idleCores: 0, foreignCores: 0, ...changes };
}

function speedup(trials: readonly Trial[], cores = 2, lanes = 2): Speedup {
  return { lanes, cores, trials };
}

function five(changes: Partial<Trial> = {}, cores = 2, lanes = 2): Speedup {
  return speedup(
    Array.from({ length: 5 }, () => trial(changes)),
    cores,
    lanes,
  );
}

describe('lanes in parallel', () => {
  test('hold on a quiet machine, and more trials would not change that', () => {
    expect(judgeParallel(five())).toEqual({ verdict: 'holds' });
    expect(isSettled(five())).toBe(true);
  });

  test('hold, contended, where neighbours had the cores', () => {
    const busy = five({ observed: 1.02, waitingShare: 0.5, foreignCores: 1 });
    expect(judgeParallel(busy)).toMatchObject({ verdict: 'holds', qualifier: 'contended' });
    expect(isSettled(busy)).toBe(false);
  });

  test('hold, restricted, where they waited while cores stood idle', () => {
    const quota = five({ observed: 1.02, waitingShare: 0.5, idleCores: 1 });
    expect(judgeParallel(quota)).toMatchObject({ verdict: 'holds', qualifier: 'restricted' });
    expect(judgeParallel(quota).reason).toContain('a quota or an affinity');
  });

  test('are not shown by one trial that gained what is claimed', () => {
    const busy = trial({ observed: 1.02, waitingShare: 0.5, foreignCores: 1, sideBySide: 0 });
    expect(judgeParallel(speedup([trial(), busy, busy, busy, busy])).verdict).toBe('inconclusive');
    expect(judgeParallel(speedup([trial(), trial(), busy, busy, busy]))).toEqual({ verdict: 'holds' });
  });

  test.each([0.02, 0.1, 0.19])(
    'are unclear where waiting for %d of the time is all that explains it',
    (waitingShare) => {
      const { verdict, reason } = judgeParallel(five({ observed: 1.02, waitingShare, foreignCores: 1 }));
      expect(verdict).toBe('inconclusive');
      expect(reason).toContain('which does not explain it');
    },
  );

  test('are unclear where nothing explains the missing observed speedup', () => {
    expect(judgeParallel(five({ observed: 1.02 })).verdict).toBe('inconclusive');
  });

  test('cannot be shown on one core, whatever their potential', () => {
    const alone = five({ observed: 0.98, waitingShare: 0.5, sideBySide: 0 }, 1);
    expect(judgeParallel(alone)).toEqual({
      verdict: 'cannot-show',
      reason: '1 core: lanes never run side by side here; potential speedup 1.95x',
    });
    expect(isSettled(alone)).toBe(true);
  });

  test('one lucky trial among serial ones proves nothing', () => {
    const lucky = speedup([...Array.from({ length: 4 }, () => trial({ potential: 1, observed: 1 })), trial()]);
    expect(judgeParallel(lucky).verdict).toBe('refuted');
    expect(isSettled(lucky)).toBe(false);
  });
});

describe('lanes that take turns', () => {
  const turns = five({ potential: 1, observed: 0.99 });

  test('are refuted as parallel and hold as serial', () => {
    expect(judgeParallel(turns).verdict).toBe('refuted');
    expect(isSettled(turns)).toBe(true);
    expect(judgeSerial(turns)).toEqual({ verdict: 'holds' });
    expect(judgeSerial(five()).verdict).toBe('refuted');
  });

  test('are not what a busy host makes of lanes that could run in parallel: both speedups count', () => {
    expect(judgeSerial(five({ potential: 1.9, observed: 1 })).verdict).toBe('refuted');
    expect(judgeSerial(five({ potential: 1, observed: 1.9 })).verdict).toBe('refuted');
  });

  test('are not refuted by the noise of a host that slows down within a trial', () => {
    const noisy = speedup([1.04, 1.19, 1.24].map((potential) => trial({ potential, observed: potential - 0.01 })));
    expect(judgeSerial(noisy).verdict).toBe('inconclusive');
    expect(isSerialSettled(noisy)).toBe(false);
    const longer = speedup([...noisy.trials, ...turns.trials]);
    expect(judgeSerial(longer)).toEqual({ verdict: 'holds' });
    expect(judgeSerial(speedup(five({ potential: 1.3, observed: 1.3 }).trials.slice(0, 3))).verdict).toBe(
      'inconclusive',
    );
    expect(judgeSerial(five({ potential: 1.3, observed: 1.3 })).verdict).toBe('refuted');
  });

  test('are refuted under a busy neighbour too', () => {
    const busy = five({ potential: 1.03, observed: 0.5, waitingShare: 0.5, foreignCores: 1 });
    expect(judgeParallel(busy).verdict).toBe('refuted');
  });

  test('half of the time are refuted on 2 lanes and on 8', () => {
    expect(judgeParallel(five({ potential: 1.36, observed: 1.33 })).verdict).toBe('refuted');
    const amdahl = 1 / (0.5 + 0.5 / 8);
    expect(judgeParallel(five({ potential: amdahl, observed: amdahl, ceiling: 8 }, 8, 8)).verdict).toBe('refuted');
  });

  test('give themselves away by their CPU time where they spin', () => {
    const slow = { potential: 1.1, observed: 1.05, sawInflation: true };
    expect(judgeParallel(five({ ...slow, cpuRatio: 1.8 })).reason).toContain('lanes spin');
    expect(judgeParallel(five({ ...slow, cpuRatio: 1 })).reason).not.toContain('spin');
  });
});

describe('a system that does not report waiting times', () => {
  const untold = { potential: undefined, waitingShare: undefined };

  test('is judged by the observed speedup on free cores', () => {
    expect(judgeParallel(five(untold))).toEqual({ verdict: 'holds' });
    expect(judgeParallel(five({ ...untold, observed: 1 })).verdict).toBe('refuted');
    expect(judgeParallel(five({ ...untold, observed: 1.45 })).verdict).toBe('inconclusive');
  });

  test('leaves out the trials in which others had the cores', () => {
    const busy = trial({ ...untold, observed: 1, foreignCores: 1 });
    expect(judgeParallel(speedup(Array.from({ length: 5 }, () => busy))).verdict).toBe('inconclusive');
    expect(judgeParallel(speedup([busy, busy, busy, trial(untold), trial(untold), trial(untold)])).verdict).toBe(
      'holds',
    );
  });

  test('is not refuted where it does not say either whether the cores were free', () => {
    const blind = { ...untold, foreignCores: undefined };
    expect(judgeParallel(five(blind))).toEqual({ verdict: 'holds' });
    expect(judgeParallel(five({ ...blind, observed: 1 })).verdict).toBe('inconclusive');
  });

  test('can show nothing on one core', () => {
    expect(judgeParallel(five(untold, 1)).verdict).toBe('cannot-show');
  });

  test('shows only what was observed, with the bound beside it', () => {
    expect(speedupFigures(five(untold), 'threads', '2 threads', 'parallel')).toMatchObject([
      { key: 'threads-observed', name: 'observed speedup, 2 threads', bound: { least: 1.5 } },
    ]);
  });
});

test('the bound stands beside the potential speedup, scaled to the ceiling of the host', () => {
  expect(speedupFigures(five(), 'threads', '2 threads', 'parallel')[0]).toMatchObject({
    median: 1.95,
    bound: { least: 1.5 },
  });
  expect(speedupFigures(five({ ceiling: 1.6 }), 'threads', '2 threads', 'parallel')[0]!.bound!.least).toBeCloseTo(
    1.3,
    5,
  );
  expect(speedupFigures(five(), 'tasks', '2 tasks', 'serial')[0]!.bound).toEqual({ most: 1.15 });
  expect(speedupFigures(five(), 'tasks', '2 tasks')[0]!.bound).toBeUndefined();
});

describe('the sentence', () => {
  const sentence = (measured: Speedup) => combine([parallel('threads', 'two threads', measured)]).headline;

  test('of lanes that run in parallel is their observed speedup', () => {
    expect(sentence(five())).toBe('Two threads are 1.9x as fast as one.');
  });

  test('on a busy machine says who had the cores, what could be gained and what was', () => {
    expect(sentence(five({ observed: 1.02, waitingShare: 0.5, foreignCores: 1 }))).toBe(
      'This machine is busy: other programs had the cores for 50 % of the time. With free cores two threads would be 1.9x as fast as one; in this run 1.0x.',
    );
  });

  test('of a machine that was busy in all trials but two says so, though the verdict needs no qualifier', () => {
    const busy = trial({ observed: 0.91, waitingShare: 0.5 });
    const measured = speedup([trial(), trial(), busy, busy, busy]);
    expect(judgeParallel(measured)).toEqual({ verdict: 'holds' });
    expect(sentence(measured)).toContain('This machine is busy');
    expect(sentence(measured)).toContain('in this run 0.91x');
  });

  test('under a quota says that', () => {
    expect(sentence(five({ observed: 1.02, waitingShare: 0.5, idleCores: 1 }))).toContain('A quota or an affinity');
  });

  test('of lanes that do not says so, by its label', () => {
    const { headline, judgement } = combine([parallel('threads', 'two threads', five({ potential: 1, observed: 1 }))]);
    expect(judgement.verdict).toBe('refuted');
    expect(headline).toBe('two threads: potential speedup 1.00x, parallel lanes exceed 1.50x.');
  });

  test('of lanes that take turns is their lack of gain', () => {
    const finding = serial('tasks', 'two tasks', five({ potential: 1, observed: 0.98 }));
    expect(combine([finding]).headline).toBe('Two tasks gain nothing: 0.98x the speed of one.');
  });
});

test('work that shares caches is judged by the judge that it is given', () => {
  const inflated = five({ potential: 1.1, observed: 1.1, cpuRatio: 1.5 });
  expect(parallel('threads', 'two threads', inflated).judgement?.verdict).toBe('refuted');
  expect(parallel('threads', 'two threads', inflated, undefined, judgeWork).judgement?.verdict).toBe('inconclusive');
});

test('the potential of more lanes than cores was never seen, and is not shown', () => {
  expect(speedupFigures(five({}, 2, 4), 'four', '4 threads').map(({ key }) => key)).toEqual(['four-observed']);
  expect(speedupFigures(five({}, 2, 2), 'two', '2 threads').map(({ key }) => key)).toEqual([
    'two-potential',
    'two-observed',
  ]);
});
