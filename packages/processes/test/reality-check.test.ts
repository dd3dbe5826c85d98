import os from 'node:os';
import { sentenceOf } from '@cookbook/lab/claim';
import { asyncLanes, unitTask } from '@cookbook/lab/speedup';
import type { OpenLanes } from '@cookbook/lab/speedup';
import { calibrate } from '@cookbook/lab/task';
import { describe, expect, test } from 'vitest';
import { openProcesses } from '../src/cpu-scaling/recipe.ts';
import { drawRows, rowOf } from '../src/reality-check/proof/row.ts';
import { watchMechanism } from '../src/reality-check/proof/watch.ts';
import { coresBusy, watchCores } from '../src/reality-check/recipe.ts';

const work = { unit: calibrate(), lanes: 2, rounds: 5 };

describe('watching a mechanism', () => {
  const mechanisms: { name: string; open: OpenLanes }[] = [
    { name: 'async tasks', open: asyncLanes },
    { name: 'forked processes', open: (count) => openProcesses(unitTask, count) },
  ];

  test.each(mechanisms)('of $name takes samples while it runs, in order, and only those', async ({ open }) => {
    const seen: number[] = [];
    const { samples, wall, cpu } = await watchMechanism(open, work, ({ at }) => seen.push(at));
    expect(samples.length).toBeGreaterThanOrEqual(2);
    expect(samples.length).toBeLessThanOrEqual(wall / 100 + 1);
    expect(seen.length).toBeGreaterThanOrEqual(samples.length);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(cpu, '10 units of some 55 ms').toBeGreaterThan(300);
  });
});

describe('watching the cores', () => {
  const compute = (ms: number): void => {
    const end = performance.now() + ms;
    while (performance.now() < end);
  };

  test('goes on while this thread computes', async () => {
    const { result, samples } = await watchCores(() => {
      compute(600);
      return 'done';
    });
    expect(result).toBe('done');
    expect(samples.length).toBeGreaterThanOrEqual(2);
    for (const { loads } of samples) {
      expect(loads.every((load) => load >= 0 && load <= 1)).toBe(true);
      expect(loads).toHaveLength(os.cpus().length);
    }
  });

  test('ends its thread where the work throws, and passes the error through', async () => {
    const threads = (): number => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;
    const before = threads();
    let during = 0;
    const failing = watchCores(() => {
      during = threads();
      throw new Error('the work failed');
    });
    await expect(failing).rejects.toThrow('the work failed');
    expect([during, threads()]).toEqual([before + 1, before]);
  });

  test('cores busy are the mean over the samples of the sum over the cores', () => {
    expect(coresBusy([])).toBe(0);
    expect(
      coresBusy([
        { at: 1, loads: [1, 0.5] },
        { at: 2, loads: [0.5, 0] },
      ]),
    ).toBe(1);
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
    rowOf({ key: 'async', name: 'async tasks', expected: 'serial' }, sight, speedup(1)),
    rowOf({ key: 'threads', name: 'worker threads', expected: 'parallel' }, sight, speedup(1.9)),
    rowOf({ key: 'broken', name: 'broken threads', expected: 'parallel' }, sight, speedup(1)),
  ]);
  expect(table).toMatch(/async tasks .*1\.00x \[1\.00, 1\.00\].*take turns/);
  expect(table).toMatch(/worker threads .*1\.90 .*run in parallel/);
  expect(table).toMatch(/broken threads .*do not run in parallel/);
});

test('a finding has the cores that were kept busy, and the speedup with its judgement', () => {
  const speedup = {
    lanes: 2,
    cores: 2,
    trials: Array.from({ length: 5 }, () => ({
      potential: 1.9,
      observed: 1.9,
      cpuRatio: 1,
      inflation: 1,
      ceiling: 2,
      waitingShare: 0,
      idleCores: 0,
      foreignCores: 0,
    })),
  };
  const sight = { started: 0, wall: 1_000, cpu: 1_900, samples: [] };
  const { finding } = rowOf({ key: 'threads', name: 'worker threads', expected: 'parallel' }, sight, speedup);
  expect(finding.figures.map(({ key }) => key)).toEqual([
    'threads-cores-busy',
    'threads-potential',
    'threads-observed',
  ]);
  expect(sentenceOf(finding)).toBe('Worker threads kept 1.9 cores busy, at 1.9x the speed of one.');
  const broken = rowOf({ key: 'threads', name: 'worker threads', expected: 'serial' }, sight, speedup).finding;
  expect(sentenceOf(broken)).toMatch(/^worker threads: speedup 1\.90x, lanes that take turns stay under 1\.15x\.$/);
});
