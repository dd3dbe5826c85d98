import { expect, test } from 'vitest';
import { measure } from '../../src/host/measure.ts';
import { calibrate, runUnit } from '../../src/task/workload.ts';

test('a run that computes keeps a core busy, and its result comes back', async () => {
  const unit = calibrate();
  const run = await measure(
    () => {
      for (let n = 0; n < 4; n++) runUnit(unit);
      return 42;
    },
    (result) => expect(result).toBe(42),
  );
  expect(run.result).toBe(42);
  expect(run.cpu).toBeGreaterThan(100);
  expect(run.coresBusy).toBeCloseTo(run.cpu / run.wall, 6);
  expect(run.peakMemory).toBeGreaterThan(10);
});

test('a run that waits takes wall time and next to no CPU time', async () => {
  const run = await measure(
    () => new Promise((resolve) => setTimeout(resolve, 200)),
    () => {},
  );
  expect(run.wall).toBeGreaterThan(190);
  expect(run.coresBusy).toBeLessThan(0.5);
});

test('a wrong result is no measurement', async () => {
  const check = (result: number): void => {
    if (result !== 2) throw new Error(`Expected 2, got ${result}`);
  };
  await expect(measure(() => 3, check)).rejects.toThrow('Expected 2, got 3');
});
