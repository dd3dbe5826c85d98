import { expect, test } from 'vitest';
import type { Speedup, Trial } from '../../src/speedup/speedup.ts';
import { sweepPlot } from '../../src/speedup/sweep.ts';

function speedup(lanes: number, potentials: readonly (number | undefined)[]): Speedup {
  const quiet = { observed: 0.9, cpuRatio: 1, inflation: 1, ceiling: 2, waitingShare: 0 };
  const trials = potentials.map((potential): Trial => ({
    ...quiet,
    potential,
    idleCores: 0,
    foreignCores: 0,
  }));
  return { lanes, cores: 2, trials };
}

test('a sweep is drawn in the order of its lanes, the potential only up to the cores', () => {
  const judged = speedup(2, [1.8, 1.9, 2]);
  const { series } = sweepPlot('Speedup', 'threads', {
    judged,
    speedups: [speedup(4, [3.9]), judged, speedup(1, [1])],
  });
  expect(series.map(({ name }) => name)).toEqual(['potential speedup', 'observed speedup', 'as many as cores']);
  expect(series[0]!.points).toEqual([
    { x: 1, y: 1, low: 1, high: 1 },
    { x: 2, y: 1.9, low: 1.8, high: 2 },
  ]);
  expect(series[1]!.points.map(({ x }) => x)).toEqual([1, 2, 4]);
  expect(series[2]).toMatchObject({ limit: true, points: [{ y: 1 }, { y: 2 }, { y: 2 }] });
});

test('where the system does not report waiting times only what was observed is drawn', () => {
  const judged = speedup(2, [undefined]);
  const { series } = sweepPlot('Speedup', 'threads', { judged, speedups: [judged] });
  expect(series.map(({ name }) => name)).toEqual(['observed speedup', 'as many as cores']);
});
