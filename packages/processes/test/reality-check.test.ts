import { asyncLanes, unitTask } from '@cookbook/lab/speedup';
import { calibrate } from '@cookbook/lab/task';
import type { LaneReport, Unit } from '@cookbook/lab/task';
import { describe, expect, test } from 'vitest';
import { openProcesses } from '../src/cpu-scaling/recipe.ts';
import { watchMechanism } from '../src/reality-check/recipe.ts';
import { drawRows, rowOf } from '../src/reality-check/row.ts';

const work = { unit: calibrate(), lanes: 2, rounds: 5 };

describe('watching a mechanism', () => {
  test.each([
    { name: 'async tasks', open: asyncLanes },
    { name: 'forked processes', open: (count: number) => openProcesses<Unit, LaneReport>(unitTask, count) },
  ])('of $name takes samples while it runs, in order, and only those', async ({ open }) => {
    const seen: number[] = [];
    const { samples, wall, cpu } = await watchMechanism(open, work, ({ at }) => seen.push(at));
    expect(samples.length).toBeGreaterThanOrEqual(2);
    expect(samples.length).toBeLessThanOrEqual(wall / 100 + 1);
    expect(seen.length).toBeGreaterThanOrEqual(samples.length);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(cpu, '10 units of some 55 ms').toBeGreaterThan(300);
  });
});

test('the table says in words what each mechanism does', () => {
  const trial = {
    potential: 1.9,
    observed: 1.9,
    cpuRatio: 1,
    inflation: 1,
    ceiling: 2,
    waitingShare: 0,
    idleCores: 0,
    foreignCores: 0,
  };
  const speedup = (value: number) => ({
    lanes: 2,
    cores: 2,
    trials: Array.from({ length: 5 }, () => ({ ...trial, potential: value, observed: value })),
  });
  const sight = { started: 0, wall: 1_000, cpu: 1_900, samples: [] };
  const table = drawRows([
    rowOf('async tasks', 'serial', sight, speedup(1)),
    rowOf('worker threads', 'parallel', sight, speedup(1.9)),
    rowOf('broken threads', 'parallel', sight, speedup(1)),
  ]);
  expect(table).toMatch(/async tasks .*1\.00x \[1\.00, 1\.00\].*take turns/);
  expect(table).toMatch(/worker threads .*1\.90 .*run in parallel/);
  expect(table).toMatch(/broken threads .*do not run in parallel/);
});
