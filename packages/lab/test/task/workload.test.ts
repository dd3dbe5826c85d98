import { expect, test } from 'vitest';
import { calibrate, countPrimes, longestCollatz, runUnit } from '../../src/task/workload.ts';

test.each([
  [2, 1],
  [3, 1],
  [10, 4],
  [100, 25],
  [1_000, 168],
  [10_000, 1_229],
])('there are, below %i, %i primes (2 is counted from the start)', (limit, count) => {
  expect(countPrimes(limit)).toBe(count);
});

test.each([
  [10, 9],
  [100, 97],
  [1_000, 871],
  [10_000, 6_171],
  [100_000, 77_031],
])('of the starts below %i, %i has the longest Collatz chain', (limit, start) => {
  expect(longestCollatz(limit)).toBe(start);
});

test.each(['primes', 'collatz'] as const)(
  'a calibrated unit of the %s kernel takes some 55 ms of CPU time: enough steps of its clock',
  (kernel) => {
    const unit = calibrate(kernel);
    let quickest = Infinity;
    for (let run = 0; run < 6; run++) {
      const { user, system } = process.threadCpuUsage();
      runUnit(unit);
      const after = process.threadCpuUsage();
      quickest = Math.min(quickest, (after.user - user + after.system - system) / 1_000);
    }
    expect(unit.repeats).toBeGreaterThan(1);
    expect(quickest).toBeGreaterThan(40);
    expect(quickest).toBeLessThan(100);
  },
);
